/** REST API and dashboard of the published scores. */
@NullMarked
package io.trendflow.serving;

import org.jspecify.annotations.NullMarked;
