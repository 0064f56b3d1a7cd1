/** Wording of the findings of the monitoring, shared by jobs and service. */
@NullMarked
package io.trendflow.model.finding;

import org.jspecify.annotations.NullMarked;
