/** Landing of pulls: files as received, sealed by a manifest. */
@NullMarked
package io.trendflow.collection.landing;

import org.jspecify.annotations.NullMarked;
