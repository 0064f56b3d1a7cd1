/** Rolling-origin backtests, feature ablation and the search for a better recipe. */
@NullMarked
package io.trendflow.training.backtest;

import org.jspecify.annotations.NullMarked;
