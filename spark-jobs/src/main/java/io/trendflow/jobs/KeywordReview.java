package io.trendflow.jobs;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.trendflow.features.KeywordDecision;
import io.trendflow.jobs.review.ReviewCell;
import io.trendflow.jobs.review.ReviewText;
import io.trendflow.schemas.MarketNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads people's decisions on keywords: a CSV that has the columns {@link #NEEDED}, in any order
 * and among others, separated by commas or, as some spreadsheets save it, by semicolons.
 */
final class KeywordReview {
  static final List<String> NEEDED = List.of("market", "product_id", "keyword", "decision");

  private static final Comparator<KeywordDecision> ORDER =
      Comparator.comparing(decision -> decision.about().toString());

  private final String file;
  private final Set<String> markets = new TreeSet<>(Set.of(MarketNames.EVERY_MARKET));
  private final Map<List<String>, Long> lines = new HashMap<>();
  private final Map<List<String>, KeywordDecision> decisions = new HashMap<>();

  private KeywordReview(String file, Set<String> markets) {
    this.file = file;
    this.markets.addAll(markets);
  }

  /**
   * Reads a file.
   *
   * @param markets the configured markets
   * @return the decisions in a fixed order, whatever the order of the lines
   * @throws IllegalArgumentException with file, line and what to do
   */
  static List<KeywordDecision> read(Configuration hadoop, String file, Set<String> markets) {
    KeywordReview review = new KeywordReview(file, markets);
    review.parse(ReviewText.read(hadoop, file));
    return review.decisions.values().stream().sorted(ORDER).toList();
  }

  private void parse(String text) {
    if (text.isBlank()) {
      throw refusal(1, "the header is missing: add one with the columns " + NEEDED + ".");
    }
    String header = text.lines().findFirst().orElse("");
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(header.contains(";") && !header.contains(",") ? ';' : ',')
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofNamedCsvRecord(text)) {
      records.forEach(this::add);
    } catch (CsvParseException e) {
      throw new IllegalArgumentException(
          "Keyword review %s is not valid CSV (%s): correct the quotes."
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // can't happen: the text is in memory
    }
  }

  private void add(NamedCsvRecord record) {
    long line = record.getStartingLineNumber();
    requireColumns(record.getHeader());
    if (record.getFields().stream().anyMatch(field -> field.contains("\n"))) {
      throw refusal(line, "a quote is not closed in the line: close or remove it.");
    }
    String decision = field(record, "decision").toLowerCase(Locale.ROOT);
    if (decision.isEmpty()) {
      return;
    }
    if (!decision.equals("yes") && !decision.equals("no")) {
      throw refusal(line, "decision is `%s`, but must be yes, no or empty.".formatted(decision));
    }
    for (String column : NEEDED) {
      if (field(record, column).isEmpty()) {
        throw refusal(line, "%s is empty: fill it in or remove the decision.".formatted(column));
      }
    }
    String market = field(record, "market");
    if (!markets.contains(market)) {
      throw refusal(line, "market is `%s`, but must be one of %s.".formatted(market, markets));
    }
    add(
        line,
        new KeywordDecision(
            market, field(record, "product_id"), field(record, "keyword"), decision.equals("yes")));
  }

  private void requireColumns(List<String> header) {
    for (String column : NEEDED) {
      if (!header.contains(column)) {
        throw refusal(
            1, "column %s is missing, the columns are %s: add it.".formatted(column, header));
      }
    }
  }

  private void add(long line, KeywordDecision decision) {
    KeywordDecision before = decisions.putIfAbsent(decision.about(), decision);
    if (before != null && before.belongs() != decision.belongs()) {
      throw refusal(
          line,
          "keyword `%s` of product %s has the opposite decision in line %d: keep one of the two."
              .formatted(decision.keyword(), decision.productId(), lines.get(decision.about())));
    }
    lines.putIfAbsent(decision.about(), line);
  }

  private static String field(NamedCsvRecord record, String column) {
    return ReviewCell.read(record.findField(column).orElse(""));
  }

  private IllegalArgumentException refusal(long line, String problem) {
    return ReviewText.refusal(file, line, problem);
  }
}
