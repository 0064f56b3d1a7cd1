package io.trendflow.serving.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns of {@code quality.findings}, described by its contract: a figure beside its reference.
 */
public record FindingRecord(
    String area,
    String subject,
    String metric,
    String level,
    @Nullable Double value,
    @Nullable Double reference,
    @Nullable Double lower,
    @Nullable Double upper,
    long n,
    List<String> arguments) {}
