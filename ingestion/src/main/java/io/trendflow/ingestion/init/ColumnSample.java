package io.trendflow.ingestion.init;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * A column in the records that were looked at.
 *
 * @param texts its trimmed text in every record
 */
record ColumnSample(String name, List<String> texts) {
  /** The texts that are not empty. */
  List<String> values() {
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }

  boolean isEmpty() {
    return texts.stream().allMatch(String::isEmpty);
  }

  /** Different values, in the order in which they come. */
  List<String> distinct() {
    return texts.stream().filter(text -> !text.isEmpty()).distinct().toList();
  }

  Optional<NumberForm> numbers() {
    return NumberForm.of(values());
  }

  DateGuess dates(boolean named) {
    return DateGuess.of(values(), named);
  }

  /** How many of its numbers have a property. */
  long count(DoublePredicate property) {
    return numbers()
        .map(form -> values().stream().mapToDouble(form::value).filter(property).count())
        .orElse(0L);
  }

  /** What a comment says of it: its first values and how often it is empty. */
  String described() {
    String examples =
        String.join(", ", distinct().stream().limit(3).map(YamlText::shortened).toList());
    long empty = texts.stream().filter(String::isEmpty).count();
    return empty == 0 ? examples : examples + "; " + share(empty, texts.size()) + " empty";
  }

  /** A share in percent, which is never said to be none when it is not. */
  static String share(long part, long whole) {
    double percent = 100.0 * part / whole;
    return percent < 0.1 ? "less than 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
