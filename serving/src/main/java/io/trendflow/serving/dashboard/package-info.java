/** Controllers of the dashboard and the values that its templates show. */
@NullMarked
package io.trendflow.serving.dashboard;

import org.jspecify.annotations.NullMarked;
