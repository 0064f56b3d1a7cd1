package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.schemas.Sha256;
import io.trendflow.serving.decision.Decision;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.web.QueryParameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decision to add.
 *
 * @param runId run whose forecast the decision is about; the served run if it is absent
 * @param action buy, skip, watch, launch or delist
 * @param units units to buy
 * @param overrideUnits units that the caller expects to be sold over the forecast period
 * @param reasonCode reason as a code of the shop's own
 * @param undoes id of the decision that this one undoes
 */
@Serdeable
@Schema(
    name = "DecisionRequest",
    additionalProperties = Schema.AdditionalPropertiesValue.FALSE,
    requiredProperties = {"market", "product_id", "action"})
public record DecisionRequest(
    @Nullable String runId,
    @Nullable String market,
    @Nullable String productId,
    @Nullable String action,
    @Nullable Double units,
    @Nullable Double overrideUnits,
    @Nullable String reasonCode,
    @Nullable String note,
    @Nullable String undoes) {
  private static final int MOST_UNITS = 1_000_000_000;
  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_NOTE = 1000;

  /**
   * Returns the decision.
   *
   * @param key the request's Idempotency-Key, which no other decision of the caller has
   * @throws io.trendflow.serving.web.ProblemException status 400 naming the property that is not
   *     valid
   */
  Decision checked(CallerView view, String caller, @Nullable String key, Instant now) {
    if (key == null) {
      throw QueryParameters.refused(
          "Idempotency-Key",
          "The header Idempotency-Key is missing: send a value that no other decision has, such as a UUID.");
    }
    String in = required("market", market, LONGEST_TEXT);
    QueryParameters.oneOf("market", in, view.markets());
    List<String> runs = view.served().runs().stream().map(Run::runId).toList();
    if (runId != null && !runs.contains(runId)) {
      throw QueryParameters.refused(
          "run_id", "'run_id' is not a published run: /api/v1/runs lists them.");
    }
    String chosen = required("action", action, LONGEST_TEXT);
    QueryParameters.oneOf("action", chosen, Decision.ACTIONS);
    Instant time = now.truncatedTo(ChronoUnit.MICROS);
    return new Decision(
        Sha256.shortId(List.of(caller, required("Idempotency-Key", key, LONGEST_TEXT))),
        time,
        LocalDate.ofInstant(time, ZoneOffset.UTC),
        caller,
        runId == null ? view.run().runId() : runId,
        in,
        required("product_id", productId, QueryParameters.LONGEST),
        chosen,
        units("units", units),
        units("override_units", overrideUnits),
        text("reason_code", reasonCode, LONGEST_TEXT),
        text("note", note, LONGEST_NOTE),
        text("undoes", undoes, LONGEST_TEXT));
  }

  private static String required(String name, @Nullable String value, int longest) {
    String text = text(name, value, longest);
    if (text == null) {
      throw QueryParameters.refused(name, "'" + name + "' is missing or empty.");
    }
    return text;
  }

  private static @Nullable String text(String name, @Nullable String value, int longest) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (value.length() > longest) {
      throw QueryParameters.refused(
          name, "'" + name + "' is longer than the maximum of " + longest + " characters.");
    }
    QueryParameters.requireText(name, value);
    return value;
  }

  private static @Nullable Double units(String name, @Nullable Double value) {
    if (value != null && !(value >= 0 && value <= MOST_UNITS)) {
      throw QueryParameters.refused(name, "'" + name + "' must be from 0 to " + MOST_UNITS + ".");
    }
    return value;
  }
}
