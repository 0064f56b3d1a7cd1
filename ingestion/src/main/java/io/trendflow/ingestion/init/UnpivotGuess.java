package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.UnpivotConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Table whose headings are dates, read as one record for each date.
 *
 * @param config the columns with dates
 * @param extract regular expression that finds the date in the name of a column; null if the name
 *     is the date
 * @param table the table with a column of dates and one of values instead
 */
record UnpivotGuess(UnpivotConfig config, @Nullable String extract, LookalikeFiles table) {
  private static final int ENOUGH = 3;
  private static final int RECORDS = 20_000;
  private static final String DATE = "date";

  /** A prefix such as {@code Searches: } in front of a date. */
  private static final Pattern PREFIXED = Pattern.compile("(\\D*[:\\s_-])(.*\\d.*)");

  /** Finds at least three columns whose names are dates of one form. */
  static Optional<UnpivotGuess> of(LookalikeFiles group) {
    return of(group, "").or(() -> prefix(group).flatMap(prefix -> of(group, prefix)));
  }

  private static Optional<UnpivotGuess> of(LookalikeFiles group, String prefix) {
    List<String> names =
        group.shape().columns().stream()
            .filter(name -> name.startsWith(prefix) && isDate(name.substring(prefix.length())))
            .toList();
    List<String> dates = names.stream().map(name -> name.substring(prefix.length())).toList();
    if (names.size() < ENOUGH
        || names.stream().distinct().count() < names.size()
        || !DateGuess.of(dates, true).isDate()
        || !hasNumbers(group, names)) {
      return Optional.empty();
    }
    String value = group.column("value") == null ? "value" : "cell";
    UnpivotConfig config = new UnpivotConfig(names, DATE, value);
    String extract = prefix.isEmpty() ? null : Pattern.quote(prefix) + "(.*)";
    return group.column(DATE) == null
        ? Optional.of(new UnpivotGuess(config, extract, table(group, names, dates, value)))
        : Optional.empty();
  }

  private static boolean isDate(String name) {
    return DateGuess.of(List.of(name), false).isDate();
  }

  private static boolean hasNumbers(LookalikeFiles group, List<String> names) {
    ColumnSample first = group.column(names.get(0));
    return first != null && (first.isEmpty() || first.numbers().isNumber());
  }

  private static Optional<String> prefix(LookalikeFiles group) {
    Map<String, Integer> prefixes = new LinkedHashMap<>();
    for (String name : group.shape().columns()) {
      Matcher matcher = PREFIXED.matcher(name);
      if (matcher.matches()) {
        prefixes.merge(matcher.group(1), 1, Integer::sum);
      }
      int word = name.indexOf(' ');
      if (word > 0) {
        prefixes.merge(name.substring(0, word + 1), 1, Integer::sum);
      }
    }
    return prefixes.entrySet().stream()
        .filter(prefix -> prefix.getValue() >= ENOUGH)
        .map(Map.Entry::getKey)
        .filter(
            prefix ->
                group.shape().columns().stream()
                    .filter(name -> name.startsWith(prefix))
                    .allMatch(name -> isDate(name.substring(prefix.length()))))
        .findFirst();
  }

  private static LookalikeFiles table(
      LookalikeFiles group, List<String> names, List<String> dates, String value) {
    List<ColumnSample> kept =
        group.columns().stream().filter(column -> !names.contains(column.name())).toList();
    int records = Math.min(group.records(), Math.max(1, RECORDS / names.size()));
    List<List<String>> texts = new ArrayList<>();
    for (int i = 0; i < kept.size() + 2; i++) {
      texts.add(new ArrayList<>());
    }
    List<ColumnSample> across = names.stream().map(group::required).toList();
    for (int record = 0; record < records; record++) {
      for (int date = 0; date < names.size(); date++) {
        for (int i = 0; i < kept.size(); i++) {
          texts.get(i).add(kept.get(i).texts().get(record));
        }
        texts.get(kept.size()).add(dates.get(date));
        texts.get(kept.size() + 1).add(across.get(date).texts().get(record));
      }
    }
    List<ColumnSample> columns = new ArrayList<>();
    String decimal = group.decimal();
    for (int i = 0; i < kept.size(); i++) {
      columns.add(new ColumnSample(kept.get(i).name(), texts.get(i), decimal));
    }
    columns.add(new ColumnSample(DATE, texts.get(kept.size()), decimal));
    columns.add(new ColumnSample(value, texts.get(kept.size() + 1), decimal));
    return new LookalikeFiles(group.shape(), group.files(), columns, List.of());
  }
}
