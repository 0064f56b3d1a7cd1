/** The weekly digest: one HTML file about an earlier list, the latest run and the checks. */
@NullMarked
package io.trendflow.jobs.digest;

import org.jspecify.annotations.NullMarked;
