/** Rules on which a model answers what-ifs about prices and promotions. */
@NullMarked
package io.trendflow.model.whatif;

import org.jspecify.annotations.NullMarked;
