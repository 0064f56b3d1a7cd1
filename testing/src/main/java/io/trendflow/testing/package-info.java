/** Helpers that the tests of several modules share. */
@NullMarked
package io.trendflow.testing;

import org.jspecify.annotations.NullMarked;
