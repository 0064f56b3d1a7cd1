/** Order quantities from predicted demand, and purchase plans within a budget; plain Java. */
@NullMarked
package io.trendflow.model.order;

import org.jspecify.annotations.NullMarked;
