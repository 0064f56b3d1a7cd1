/** Scoring: from a model and feature rows to scores. */
@NullMarked
package io.trendflow.scoring;

import org.jspecify.annotations.NullMarked;
