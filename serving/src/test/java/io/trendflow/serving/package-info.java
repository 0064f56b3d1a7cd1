@NullMarked
package io.trendflow.serving;

import org.jspecify.annotations.NullMarked;
