/** Rolling-origin backtests, feature ablation and recipe search. */
@NullMarked
package io.trendflow.training.backtest;

import org.jspecify.annotations.NullMarked;
