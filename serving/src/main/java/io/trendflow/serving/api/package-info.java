/** Controllers of the REST API and the bodies of their answers. */
@NullMarked
package io.trendflow.serving.api;

import org.jspecify.annotations.NullMarked;
