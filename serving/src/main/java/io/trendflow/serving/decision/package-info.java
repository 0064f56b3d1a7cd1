/** Decisions of people about products: the only thing that the service writes. */
@NullMarked
package io.trendflow.serving.decision;

import org.jspecify.annotations.NullMarked;
