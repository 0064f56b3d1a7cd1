package io.trendflow.jobs;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.trendflow.jobs.review.ReviewCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keywords of a review file that products declare or that were confirmed, in the order of the file,
 * which has the best sellers first.
 */
final class ReviewedKeywords {
  private static final String DECLARED = "declared";

  private ReviewedKeywords() {}

  static List<String> of(String csv) {
    String header = csv.lines().findFirst().orElse("");
    Set<String> keywords = new LinkedHashSet<>();
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(header.contains(";") && !header.contains(",") ? ';' : ',')
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofNamedCsvRecord(csv)) {
      for (NamedCsvRecord record : records) {
        String keyword = field(record, "keyword");
        String decision = field(record, "decision");
        boolean belongs =
            decision.equalsIgnoreCase("yes")
                || (decision.isEmpty() && field(record, "matched_by").startsWith(DECLARED));
        if (belongs && !keyword.isEmpty()) {
          keywords.add(keyword);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // can't happen: the text is in memory
    }
    return new ArrayList<>(keywords);
  }

  private static String field(NamedCsvRecord record, String column) {
    return ReviewCell.read(record.findField(column).orElse(""));
  }
}
