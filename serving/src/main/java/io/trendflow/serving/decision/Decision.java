package io.trendflow.serving.decision;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Row of {@code prediction.decisions}, described by its contract: a person's decision about a
 * product.
 *
 * @param decidedBy name of the API key; {@code -} if the service has no keys
 * @param runId run whose forecast the decision is about
 * @param action buy, skip, watch, launch or delist
 * @param units units to buy; null where the action has none
 * @param overrideUnits units that the person expects over the horizon; null for the forecast
 * @param reasonCode reason as a code of the shop's own; null if there is none
 * @param undoes id of the decision that this one undoes; null for any other
 */
@Serdeable
public record Decision(
    String decisionId,
    Instant decidedAt,
    LocalDate decidedOn,
    String decidedBy,
    String runId,
    String market,
    String productId,
    String action,
    @Nullable Double units,
    @Nullable Double overrideUnits,
    @Nullable String reasonCode,
    @Nullable String note,
    @Nullable String undoes) {
  /** Allowed actions. */
  public static final List<String> ACTIONS = List.of("buy", "skip", "watch", "launch", "delist");

  /** Returns whether two decisions differ only in the time at which they were sent. */
  boolean sameAs(Decision other) {
    return at(Instant.EPOCH).equals(other.at(Instant.EPOCH));
  }

  private Decision at(Instant time) {
    return new Decision(
        decisionId,
        time,
        LocalDate.EPOCH,
        decidedBy,
        runId,
        market,
        productId,
        action,
        units,
        overrideUnits,
        reasonCode,
        note,
        undoes);
  }
}
