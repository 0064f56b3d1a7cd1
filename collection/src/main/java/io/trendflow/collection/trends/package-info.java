/** Collectors of search trends. */
@NullMarked
package io.trendflow.collection.trends;

import org.jspecify.annotations.NullMarked;
