package io.trendflow.jobs;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.trendflow.features.KeywordDecision;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Writes the file that people review. Decisions made before stand in their rows; those that no row
 * shows any more, such as every "no", come at the end, so that none is lost when the file is
 * written again.
 */
final class ReviewFile {
  private static final List<String> COLUMNS =
      List.of(
          "market",
          "product_id",
          "name",
          "category",
          "brand",
          "keyword",
          "confidence",
          "matched_by",
          "decision");

  private final Map<KeywordDecision, String> open = new LinkedHashMap<>();
  private long rows;

  ReviewFile(List<KeywordDecision> decisions) {
    decisions.forEach(d -> open.put(asYes(d), d.belongs() ? "yes" : "no"));
  }

  /**
   * Writes the file, in place of one that is there.
   *
   * @param matches with the columns but the last
   * @return number of rows
   */
  long write(Configuration hadoop, String file, Iterator<Row> matches) {
    Path path = new Path(file);
    Path unfinished = new Path(path.getParent(), "_" + path.getName() + "-" + UUID.randomUUID());
    try {
      FileSystem files = ReviewText.files(hadoop, path);
      try (Writer out = new OutputStreamWriter(files.create(unfinished), StandardCharsets.UTF_8);
          CsvWriter csv = CsvWriter.builder().build(out)) {
        out.write('\uFEFF'); // without it Excel takes the text for its own encoding
        csv.writeRecord(COLUMNS);
        matches.forEachRemaining(row -> write(csv, row));
        open.forEach((decision, text) -> write(csv, decision, text));
      }
      files.delete(path, false);
      if (!files.rename(unfinished, path)) {
        throw new IOException(unfinished + " can't be renamed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written: " + e.getMessage(), e);
    }
    return rows;
  }

  private void write(CsvWriter csv, Row row) {
    String market = row.getAs("market");
    String product = row.getAs("product_id");
    String keyword = row.getAs("keyword");
    Double confidence = row.getAs("confidence");
    String decision =
        keyword == null ? null : open.remove(new KeywordDecision(market, product, keyword, true));
    csv.writeRecord(
        ReviewCell.key(market),
        ReviewCell.key(product),
        shown(row.getAs("name")),
        shown(row.getAs("category")),
        shown(row.getAs("brand")),
        keyword == null ? "" : ReviewCell.key(keyword),
        confidence == null ? "" : String.format(Locale.ROOT, "%.3f", confidence),
        shown(row.getAs("matched_by")),
        Objects.requireNonNullElse(decision, ""));
    rows++;
  }

  private void write(CsvWriter csv, KeywordDecision decision, String text) {
    csv.writeRecord(
        ReviewCell.key(decision.market()),
        ReviewCell.key(decision.productId()),
        "",
        "",
        "",
        ReviewCell.key(decision.keyword()),
        "",
        "",
        text);
    rows++;
  }

  private static KeywordDecision asYes(KeywordDecision d) {
    return new KeywordDecision(d.market(), d.productId(), d.keyword(), true);
  }

  private static String shown(@Nullable String text) {
    return text == null ? "" : ReviewCell.shown(text);
  }
}
