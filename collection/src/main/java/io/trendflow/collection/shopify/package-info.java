/** Collectors of Shopify, by its Admin GraphQL interface. */
@NullMarked
package io.trendflow.collection.shopify;

import org.jspecify.annotations.NullMarked;
