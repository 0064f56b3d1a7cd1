/** Controllers of the dashboard and the content of its pages. */
@NullMarked
package io.trendflow.serving.dashboard;

import org.jspecify.annotations.NullMarked;
