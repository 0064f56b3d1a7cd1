/** The model file: trees, encoders, residual tables; evaluated in plain Java. */
@NullMarked
package io.trendflow.model;

import org.jspecify.annotations.NullMarked;
