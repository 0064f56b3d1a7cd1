/** Raw files and their readers, which turn a file into records of text. */
@NullMarked
package io.trendflow.ingestion.raw;

import org.jspecify.annotations.NullMarked;
