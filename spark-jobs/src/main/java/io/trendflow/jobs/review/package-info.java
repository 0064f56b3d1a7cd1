/** The file of keywords that people review: its cells, text and rows. */
@NullMarked
package io.trendflow.jobs.review;

import org.jspecify.annotations.NullMarked;
