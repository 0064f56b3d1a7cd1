/** Examples, fits, rolling-origin backtests, metrics and the promotion rule. */
@NullMarked
package io.trendflow.training;

import org.jspecify.annotations.NullMarked;
