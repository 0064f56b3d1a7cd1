package io.trendflow.jobs.review;

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
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes the file that people review. Earlier decisions are in their rows. The decisions that no
 * row has any more, such as every "no", follow at the end, so that rewriting the file loses none.
 */
public final class ReviewFile {
  /** Columns of a match. */
  public static final List<String> MATCH =
      List.of(
          "market",
          "product_id",
          "name",
          "category",
          "brand",
          "keyword",
          "confidence",
          "matched_by");

  private static final List<String> COLUMNS =
      Stream.concat(MATCH.stream(), Stream.of("decision")).toList();

  // Decisions that no row has shown yet.
  private final Map<List<String>, KeywordDecision> open = new LinkedHashMap<>();

  private long rows;

  public ReviewFile(List<KeywordDecision> decisions) {
    decisions.forEach(decision -> open.put(decision.about(), decision));
  }

  /**
   * Writes the file, replacing an existing one.
   *
   * @param matches rows with every column but the decision
   * @return number of rows
   */
  public long write(Configuration hadoop, String file, Iterator<Row> matches) {
    Path path = new Path(file);
    Path unfinished = new Path(path.getParent(), "_" + path.getName() + "-" + UUID.randomUUID());
    try {
      FileSystem files = ReviewText.files(hadoop, path);
      try (Writer out = new OutputStreamWriter(files.create(unfinished), StandardCharsets.UTF_8);
          CsvWriter csv = CsvWriter.builder().build(out)) {
        out.write('\uFEFF'); // without it Excel assumes its own encoding
        csv.writeRecord(COLUMNS);
        matches.forEachRemaining(row -> write(csv, row, decided(row)));
        open.values().forEach(decision -> write(csv, row(decision), decision));
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

  private @Nullable KeywordDecision decided(Row match) {
    String keyword = match.getString(5);
    return keyword == null
        ? null
        : open.remove(
            new KeywordDecision(match.getString(0), match.getString(1), keyword, true).about());
  }

  private static Row row(KeywordDecision decision) {
    return RowFactory.create(
        decision.market(), decision.productId(), null, null, null, decision.keyword(), null, null);
  }

  private void write(CsvWriter csv, Row row, @Nullable KeywordDecision decision) {
    Double confidence = row.getAs(6);
    csv.writeRecord(
        ReviewCell.key(row.getString(0)),
        ReviewCell.key(row.getString(1)),
        ReviewCell.shown(row.getString(2)),
        ReviewCell.shown(row.getString(3)),
        ReviewCell.shown(row.getString(4)),
        ReviewCell.key(row.getString(5)),
        confidence == null ? "" : String.format(Locale.ROOT, "%.3f", confidence),
        ReviewCell.shown(row.getString(7)),
        decision == null ? "" : decision.belongs() ? "yes" : "no");
    rows++;
  }
}
