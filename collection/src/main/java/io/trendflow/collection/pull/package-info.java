/** One pull of a source: what is asked for, its days, and what came of it. */
@NullMarked
package io.trendflow.collection.pull;

import org.jspecify.annotations.NullMarked;
