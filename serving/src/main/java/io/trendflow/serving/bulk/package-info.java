/** Files of many rows for programs. */
@NullMarked
package io.trendflow.serving.bulk;

import org.jspecify.annotations.NullMarked;
