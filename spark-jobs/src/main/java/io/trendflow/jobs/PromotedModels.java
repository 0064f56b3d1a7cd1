package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * The models of a horizon that may score: promoted, and not retired since.
 *
 * @param events the promotion of each model, in order of precedence: the latest training day first,
 *     and for the same day the latest promotion first
 */
record PromotedModels(List<Row> events) {
  private static final Set<String> DECISIONS = Set.of("promoted", "retired");

  private static final Comparator<Row> FIRST_IN_COMMAND =
      Comparator.comparing((Row event) -> event.<LocalDate>getAs("as_of"))
          .thenComparing(event -> event.<Instant>getAs("changed_at"))
          .reversed();

  /** Returns those of the configuration's first horizon. */
  static PromotedModels of(JobContext context) {
    return of(context.store().read(Table.MODELS).collectAsList(), context.config().horizonDays());
  }

  /** Returns those of a horizon among the models of some events. */
  static PromotedModels of(List<Row> events, long horizonDays) {
    return of(events.stream().filter(event -> event.<Long>getAs("horizon_days") == horizonDays));
  }

  /** Returns the promoted models among the models of some events. */
  static PromotedModels of(Stream<Row> events) {
    Stream<Row> decisions =
        events.filter(event -> DECISIONS.contains(event.<String>getAs("event")));
    return new PromotedModels(
        ModelEvent.latest(decisions).stream()
            .filter(event -> event.<String>getAs("event").equals("promoted"))
            .sorted(FIRST_IN_COMMAND)
            .toList());
  }

  /** Returns the promotion of the model that scores days from now on. */
  Optional<Row> champion() {
    return events.stream().findFirst();
  }

  /** Returns the promotion of the model that scores a day: it was trained on data known by then. */
  Optional<Row> at(LocalDate asOf) {
    return events.stream()
        .filter(event -> !event.<LocalDate>getAs("as_of").isAfter(asOf))
        .findFirst();
  }

  /** Returns the promotion of the first model that was trained on a later day. */
  Optional<Row> after(LocalDate asOf) {
    return events.stream()
        .filter(event -> event.<LocalDate>getAs("as_of").isAfter(asOf))
        .min(
            Comparator.comparing((Row event) -> event.<LocalDate>getAs("as_of"))
                .thenComparing(
                    event -> event.<Instant>getAs("changed_at"), Comparator.reverseOrder()));
  }
}
