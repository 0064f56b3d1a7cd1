package io.trendflow.ingestion.raw;

import java.io.Serializable;
import java.time.Instant;

/**
 * A file as its folder lists it. A file with the same path, size and time of its last change has
 * the same content.
 *
 * @param file path below {@code raw.path}
 * @param bytes size as stored
 * @param modifiedAt time of the last change, in whole milliseconds
 */
public record FileVersion(String file, long bytes, Instant modifiedAt) implements Serializable {}
