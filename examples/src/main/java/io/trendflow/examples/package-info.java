/** Seeded generator of an invented shop's raw export files, with a planted and known truth. */
@NullMarked
package io.trendflow.examples;

import org.jspecify.annotations.NullMarked;
