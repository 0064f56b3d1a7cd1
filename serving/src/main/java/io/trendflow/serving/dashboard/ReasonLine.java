package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.ReasonTexts;
import io.trendflow.serving.store.ReasonRecord;
import io.trendflow.serving.store.ScoreRecord;
import java.util.Objects;

/**
 * Reason for a score as text.
 *
 * @param family label of the family; empty in a run before families
 * @param headline what the family says, in a few words; empty in a run before families
 * @param effect effect of the family on the units, with a plus or minus sign
 * @param fact evidence
 */
record ReasonLine(String family, String headline, String effect, String fact) {
  static ReasonLine of(ScoreRecord score, ReasonRecord reason, PageLanguage language) {
    ReasonTexts texts = language.reasons();
    return new ReasonLine(
        Objects.toString(reason.family(), ""),
        texts.headline(score, reason),
        unbroken(texts.effect(score, reason)),
        unbroken(texts.fact(score, reason)));
  }

  private static String unbroken(String text) {
    return text.replace(" %", "\u00a0%");
  }
}
