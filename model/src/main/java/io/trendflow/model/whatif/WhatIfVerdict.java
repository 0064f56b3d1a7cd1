package io.trendflow.model.whatif;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model answers what-ifs about prices and promotions, and why.
 *
 * @param reason reason in a sentence for people
 * @param seen plans of the training examples; null unless what-ifs are answered
 */
public record WhatIfVerdict(Outcome outcome, String reason, @Nullable SeenPlans seen) {
  private static final String OUTCOME = "what_if";
  private static final String REASON = "what_if_reason";
  private static final String SEEN = "what_if_seen";

  /** Result of a trial of planned prices and promotions. */
  public enum Outcome {
    /** They improve the forecasts measurably. */
    ANSWERED,
    /** They do not, or the training examples do not have enough of them. */
    REFUSED,
    /** Training was not asked for the trial. */
    UNTRIED
  }

  /** Returns the verdict of a trial that what-ifs passed. */
  public static WhatIfVerdict answered(String reason, SeenPlans seen) {
    return new WhatIfVerdict(Outcome.ANSWERED, reason, seen);
  }

  /** Returns the verdict of a trial that what-ifs did not pass. */
  public static WhatIfVerdict refused(String reason) {
    return new WhatIfVerdict(Outcome.REFUSED, reason, null);
  }

  /** Returns the verdict that is stored beside a recipe's parameters. */
  public static WhatIfVerdict of(Map<String, String> parameters) {
    String outcome = parameters.get(OUTCOME);
    String seen = parameters.get(SEEN);
    return outcome == null
        ? new WhatIfVerdict(
            Outcome.UNTRIED,
            "The model was trained without the trial of what-ifs: train it with train.what_if: true.",
            null)
        : new WhatIfVerdict(
            Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
            parameters.getOrDefault(REASON, ""),
            seen == null ? null : SeenPlans.parse(seen));
  }

  /** Returns the verdict by name, as stored beside the recipe's parameters. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put(OUTCOME, outcome.name().toLowerCase(Locale.ROOT));
    parameters.put(REASON, reason);
    if (seen != null) {
      parameters.put(SEEN, seen.text());
    }
    return parameters;
  }
}
