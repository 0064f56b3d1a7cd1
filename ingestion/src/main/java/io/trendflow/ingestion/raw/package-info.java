/** Raw files and their readers: each turns a file into records of text. */
@NullMarked
package io.trendflow.ingestion.raw;

import org.jspecify.annotations.NullMarked;
