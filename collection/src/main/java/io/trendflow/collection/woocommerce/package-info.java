/** Collectors of WooCommerce, by its REST interface. */
@NullMarked
package io.trendflow.collection.woocommerce;

import org.jspecify.annotations.NullMarked;
