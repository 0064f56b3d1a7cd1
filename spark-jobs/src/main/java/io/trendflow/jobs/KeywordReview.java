package io.trendflow.jobs;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.trendflow.features.KeywordDecision;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads people's decisions on keywords: a CSV with the columns {@link #NEEDED}, in any order and
 * among others, split by commas or, as some spreadsheets save it, by semicolons.
 */
final class KeywordReview {
  static final List<String> NEEDED = List.of("market", "product_id", "keyword", "decision");

  private static final Comparator<KeywordDecision> ORDER =
      Comparator.comparing(KeywordDecision::market)
          .thenComparing(KeywordDecision::productId)
          .thenComparing(KeywordDecision::keyword);

  private final String file;
  private final Map<List<String>, Long> lines = new HashMap<>();
  private final Map<List<String>, KeywordDecision> decisions = new HashMap<>();

  private KeywordReview(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @return the decisions in a fixed order, whatever the order of the lines
   * @throws IllegalArgumentException with file, line and what to do
   */
  static List<KeywordDecision> read(Configuration hadoop, String file) {
    KeywordReview review = new KeywordReview(file);
    review.parse(ReviewText.read(hadoop, file));
    return review.decisions.values().stream().sorted(ORDER).toList();
  }

  private void parse(String text) {
    String header = text.lines().findFirst().orElse("");
    char separator = header.contains(";") && !header.contains(",") ? ';' : ',';
    try (Stream<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)
            .stream()) {
      List<CsvRecord> all = records.toList();
      if (all.isEmpty()) {
        throw refusal(1, "there is no header: name the columns " + NEEDED + ".");
      }
      int[] columns = columns(all.get(0));
      all.subList(1, all.size()).forEach(record -> add(record, columns));
    } catch (CsvParseException e) {
      throw new IllegalArgumentException(
          "keyword review %s is malformed CSV (%s): correct the quotes."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private int[] columns(CsvRecord header) {
    List<String> names = header.getFields().stream().map(String::strip).toList();
    for (String column : NEEDED) {
      if (!names.contains(column)) {
        throw refusal(
            1, "there is no column %s: its columns are %s; add it.".formatted(column, names));
      }
    }
    return NEEDED.stream().mapToInt(names::indexOf).toArray();
  }

  private void add(CsvRecord record, int[] columns) {
    long line = record.getStartingLineNumber();
    if (record.getFields().stream().anyMatch(field -> field.contains("\n"))) {
      throw refusal(line, "a quote is opened that does not end in the line: close or remove it.");
    }
    String decision = field(record, columns[3]).toLowerCase(Locale.ROOT);
    if (decision.isEmpty()) {
      return;
    }
    if (!decision.equals("yes") && !decision.equals("no")) {
      throw refusal(line, "decision is `%s`: write yes, no or nothing.".formatted(decision));
    }
    for (int i = 0; i < 3; i++) {
      if (field(record, columns[i]).isEmpty()) {
        throw refusal(line, "%s is empty: give it or no decision.".formatted(NEEDED.get(i)));
      }
    }
    add(
        line,
        new KeywordDecision(
            field(record, columns[0]),
            field(record, columns[1]),
            field(record, columns[2]),
            decision.equals("yes")));
  }

  private void add(long line, KeywordDecision decision) {
    List<String> key = List.of(decision.market(), decision.productId(), decision.keyword());
    KeywordDecision before = decisions.putIfAbsent(key, decision);
    if (before != null && before.belongs() != decision.belongs()) {
      throw refusal(
          line,
          "keyword `%s` of product %s has the opposite decision in line %d: keep one of them."
              .formatted(decision.keyword(), decision.productId(), lines.get(key)));
    }
    lines.putIfAbsent(key, line);
  }

  private static String field(CsvRecord record, int column) {
    return column < record.getFieldCount() ? ReviewCell.read(record.getField(column)) : "";
  }

  private IllegalArgumentException refusal(long line, String problem) {
    return ReviewText.refusal(file, line, problem);
  }
}
