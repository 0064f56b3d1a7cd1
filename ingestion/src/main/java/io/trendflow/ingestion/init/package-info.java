/** Drafts of a configuration, based on the files in a folder. */
@NullMarked
package io.trendflow.ingestion.init;

import org.jspecify.annotations.NullMarked;
