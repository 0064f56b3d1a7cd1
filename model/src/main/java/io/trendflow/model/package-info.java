/** Model file with its trees, encoders and residual tables, and its evaluation in plain Java. */
@NullMarked
package io.trendflow.model;

import org.jspecify.annotations.NullMarked;
