/** Earlier launches that a product can be compared with. */
@NullMarked
package io.trendflow.serving.launch;

import org.jspecify.annotations.NullMarked;
