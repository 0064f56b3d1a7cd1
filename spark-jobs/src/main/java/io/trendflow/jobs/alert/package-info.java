/** Messages to webhooks about published runs and raised findings. */
@NullMarked
package io.trendflow.jobs.alert;

import org.jspecify.annotations.NullMarked;
