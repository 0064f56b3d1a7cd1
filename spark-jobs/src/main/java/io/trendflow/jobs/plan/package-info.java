/** Inputs and tables of purchase plans. */
@NullMarked
package io.trendflow.jobs.plan;

import org.jspecify.annotations.NullMarked;
