/** Collector of the reports of Google's Merchant API. */
@NullMarked
package io.trendflow.collection.merchant;

import org.jspecify.annotations.NullMarked;
