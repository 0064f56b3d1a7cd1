/** Benchmarks and their peers; CONTRIBUTING.md has the commands. */
@NullMarked
package io.trendflow.benchmarks;

import org.jspecify.annotations.NullMarked;
