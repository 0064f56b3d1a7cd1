package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.snapshot.FindingRecord;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finding of the latest monitoring: a figure beside its reference.
 *
 * @param area source, inputs, predictions, accuracy or model
 * @param subject source, input, market or model that the figure is about
 * @param metric name of the figure
 * @param level ok, warn or alert
 * @param sentence the finding in words, in the language of the header Accept-Language
 * @param value the figure; null if it could not be computed
 * @param reference usual value; null if there is none
 * @param lower least value that is ok; null for no limit
 * @param upper largest value that is ok; null for no limit
 * @param n number of values that the figure is computed from
 * @param arguments names that belong to the figure, such as the inputs that differ most
 */
@Serdeable
public record Finding(
    LocalDate asOf,
    String area,
    String subject,
    String metric,
    String level,
    String sentence,
    @Nullable Double value,
    @Nullable Double reference,
    @Nullable Double lower,
    @Nullable Double upper,
    long n,
    List<String> arguments) {

  static Finding of(FindingRecord found, LocalDate asOf, ReasonTexts words) {
    return new Finding(
        asOf,
        found.area(),
        found.subject(),
        found.metric(),
        found.level(),
        FindingTexts.sentence(found, words),
        found.value(),
        found.reference(),
        found.lower(),
        found.upper(),
        found.n(),
        found.arguments());
  }
}
