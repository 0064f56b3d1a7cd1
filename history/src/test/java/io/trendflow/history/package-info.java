/** Tests of a product's past. */
@NullMarked
package io.trendflow.history;

import org.jspecify.annotations.NullMarked;
