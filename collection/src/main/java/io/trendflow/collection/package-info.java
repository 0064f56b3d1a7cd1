/** Collectors of sources, by the names of their interfaces. */
@NullMarked
package io.trendflow.collection;

import org.jspecify.annotations.NullMarked;
