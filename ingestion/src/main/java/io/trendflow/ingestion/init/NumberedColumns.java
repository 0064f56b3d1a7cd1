package io.trendflow.ingestion.init;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds columns such as {@code d_1} to {@code d_365}, which number days without naming their dates.
 */
final class NumberedColumns {
  private static final int ENOUGH = 5;
  private static final Pattern NUMBERED = Pattern.compile("(\\D*?[a-zA-Z]\\D*?)(\\d{1,5})");

  private NumberedColumns() {}

  /** Returns a sentence about such columns; empty if there are none. */
  static Optional<String> sentence(LookalikeFiles group) {
    Map<String, List<String>> stems = new LinkedHashMap<>();
    for (String name : group.shape().columns()) {
      Matcher matcher = NUMBERED.matcher(name);
      if (matcher.matches()) {
        stems.merge(
            matcher.group(1),
            List.of(name),
            (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
      }
    }
    return stems.values().stream()
        .filter(names -> names.size() >= ENOUGH)
        .findFirst()
        .map(
            names ->
                "its periods are columns, the "
                    + names.size()
                    + " columns "
                    + YamlText.shortened(names.get(0))
                    + " to "
                    + YamlText.shortened(names.get(names.size() - 1))
                    + ", whose names are not dates: join it with the file that has their dates, and"
                    + " write one line for each product and date");
  }
}
