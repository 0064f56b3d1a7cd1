/** Benchmarks with their peers; how to run them is in CONTRIBUTING.md. */
@NullMarked
package io.trendflow.benchmarks;

import org.jspecify.annotations.NullMarked;
