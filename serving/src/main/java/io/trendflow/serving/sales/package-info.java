/** Weekly sales of a category or brand. */
@NullMarked
package io.trendflow.serving.sales;

import org.jspecify.annotations.NullMarked;
