package io.trendflow.training.backtest;

import static java.util.stream.Collectors.joining;

import io.trendflow.training.EnsemblePart;
import io.trendflow.training.measure.Metric;
import io.trendflow.training.measure.PairedDifference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Effect of leaving a part out of an ensemble.
 *
 * @param differences the ensemble without the part less the one with it, in each metric that
 *     decides on promotions
 */
public record PartEffect(EnsemblePart part, List<PairedDifference> differences) {
  public PartEffect {
    differences = List.copyOf(differences);
  }

  /**
   * Returns whether the ensemble is better without the part by two standard errors in what the part
   * is for, and not worse by as much in anything else.
   */
  boolean isHarmful() {
    return own().filter(PairedDifference::isBetter).isPresent() && worse().findAny().isEmpty();
  }

  /** Returns the size of the difference in what the part is for, in standard errors. */
  double size() {
    return own().map(PairedDifference::standardErrors).orElse(0.0);
  }

  /** Returns every difference. */
  String text() {
    return text(differences.stream());
  }

  /** Returns the differences that decide: in what the part is for, and where it is needed. */
  String reason() {
    return text(Stream.concat(own().stream(), worse()).distinct());
  }

  private String text(Stream<PairedDifference> some) {
    return some.map(difference -> difference.text(""))
        .collect(joining(", ", "less %s: ".formatted(part.key()), ""));
  }

  private Stream<PairedDifference> worse() {
    return differences.stream().filter(PairedDifference::isWorse);
  }

  /** Trees of a target predict the median; those of the mean are for the order by uplift. */
  private Optional<PairedDifference> own() {
    Metric metric = part == EnsemblePart.MEAN ? Metric.QINI : Metric.WAPE;
    return differences.stream().filter(difference -> difference.metric() == metric).findFirst();
  }
}
