/** Imitations of the interfaces of shops on 127.0.0.1, for tests and for the demo. */
@NullMarked
package io.trendflow.testing.shop;

import org.jspecify.annotations.NullMarked;
