package io.trendflow.ingestion.init;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Column in a sample of records.
 *
 * @param texts trimmed text in every record
 */
record ColumnSample(String name, List<String> texts) {
  /** Returns the texts that are not empty. */
  List<String> values() {
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }

  boolean isEmpty() {
    return texts.stream().allMatch(String::isEmpty);
  }

  /** Returns the different values, in the order of their first records. */
  List<String> distinct() {
    return texts.stream().filter(text -> !text.isEmpty()).distinct().toList();
  }

  Optional<NumberForm> numbers() {
    return NumberForm.of(values());
  }

  DateGuess dates(boolean named) {
    return DateGuess.of(values(), named);
  }

  /** Returns how many numbers of the column have a property. */
  long count(DoublePredicate property) {
    return numbers()
        .map(form -> values().stream().mapToDouble(form::value).filter(property).count())
        .orElse(0L);
  }

  /** Returns the description for a comment: the first values and the share of empty texts. */
  String described() {
    String examples =
        String.join(", ", distinct().stream().limit(3).map(YamlText::shortened).toList());
    long empty = texts.stream().filter(String::isEmpty).count();
    return empty == 0 ? examples : examples + "; " + share(empty, texts.size()) + " empty";
  }

  /** Returns a share in percent; a small share is "less than 0.1 %", never zero. */
  static String share(long part, long whole) {
    double percent = 100.0 * part / whole;
    return percent < 0.1 ? "less than 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
