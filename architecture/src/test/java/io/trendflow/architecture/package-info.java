/** Tests of the rules between modules, packages and names. */
@NullMarked
package io.trendflow.architecture;

import org.jspecify.annotations.NullMarked;
