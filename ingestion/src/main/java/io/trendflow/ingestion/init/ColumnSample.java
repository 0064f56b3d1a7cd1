package io.trendflow.ingestion.init;

import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * Column in a sample of records.
 *
 * @param texts trimmed text in every record
 * @param decimal decimal separator that the numbers of the file show; null if they show none
 */
record ColumnSample(String name, List<String> texts, @Nullable String decimal) {
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

  /** Returns the forms of the numbers of a column whose name shows that it has numbers. */
  NumberGuess numbers() {
    return NumberGuess.of(values(), NumberForm.MOST, decimal);
  }

  /** Returns the forms of the dates of a column, whatever its name. */
  DateGuess dates(boolean named) {
    return DateGuess.of(distinct(), named);
  }

  /** Returns the number in every record; NaN where there is none. */
  double[] doubles() {
    NumberGuess guess = numbers();
    if (!guess.isNumber()) {
      return texts.stream().mapToDouble(text -> Double.NaN).toArray();
    }
    NumberForm form = guess.forms().get(0);
    return texts.stream()
        .mapToDouble(text -> text.isEmpty() ? Double.NaN : form.value(text))
        .toArray();
  }

  /** Returns how many numbers of the column have a property. */
  long count(DoublePredicate property) {
    long count = 0;
    for (double number : doubles()) {
      count += !Double.isNaN(number) && property.test(number) ? 1 : 0;
    }
    return count;
  }

  /** Returns how many records have no text in the column. */
  long empty() {
    return texts.stream().filter(String::isEmpty).count();
  }

  /** Returns the description for a comment: the first values and the share of empty texts. */
  String described() {
    return empty() == 0 ? examples() : examples() + "; " + share(empty(), texts.size()) + " empty";
  }

  /** Returns the first different values. */
  String examples() {
    return String.join(", ", distinct().stream().limit(3).map(YamlText::shortened).toList());
  }

  /** Returns a share in percent; a small share is "less than 0.1 %", never zero. */
  static String share(long part, long whole) {
    double percent = 100.0 * part / whole;
    return percent < 0.1 ? "less than 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
