/** The API and the dashboard over the published scores. */
@NullMarked
package io.trendflow.serving;

import org.jspecify.annotations.NullMarked;
