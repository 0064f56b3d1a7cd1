/** Drafts a configuration by looking at a folder of raw files. */
@NullMarked
package io.trendflow.ingestion.init;

import org.jspecify.annotations.NullMarked;
