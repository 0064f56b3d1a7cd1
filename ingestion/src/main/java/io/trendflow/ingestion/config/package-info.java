/** Configuration of sources, markets and catalogues, validated as it is read. */
@NullMarked
package io.trendflow.ingestion.config;

import org.jspecify.annotations.NullMarked;
