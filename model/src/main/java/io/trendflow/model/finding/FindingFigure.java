package io.trendflow.model.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figure of a finding with its names, as the contract of {@code quality.findings} describes them.
 */
public record FindingFigure(
    String area,
    String subject,
    String metric,
    @Nullable Double value,
    @Nullable Double reference,
    List<String> arguments) {}
