package io.trendflow.serving.api;

import io.trendflow.model.finding.FindingFigure;
import io.trendflow.model.finding.FindingSentences;
import io.trendflow.serving.snapshot.FindingRecord;
import java.util.Locale;

/** Sentences about findings in the languages of the service. */
final class FindingTexts {
  private static final FindingSentences ENGLISH =
      new FindingSentences(Locale.UK, ReasonTexts.ENGLISH::label);
  private static final FindingSentences FRENCH =
      new FindingSentences(Locale.FRANCE, ReasonTexts.FRENCH::label);

  private FindingTexts() {}

  /** Returns the sentence about a finding. */
  static String sentence(FindingRecord found, ReasonTexts language) {
    FindingSentences sentences = language == ReasonTexts.FRENCH ? FRENCH : ENGLISH;
    return sentences.sentence(
        new FindingFigure(
            found.area(),
            found.subject(),
            found.metric(),
            found.value(),
            found.reference(),
            found.arguments()));
  }
}
