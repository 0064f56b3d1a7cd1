package io.trendflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the manifest of odd records with an independent reading of the files. */
class RecordDefectsTest {
  private static final Pattern COUNT = Pattern.compile("-?\\d+");
  private static final Shop SHOP = Shop.ofDefaults();

  @Test
  void theOrdersHoldWhatTheManifestSays() {
    Map<String, Long> counts = new TreeMap<>();
    Set<List<String>> seen = new HashSet<>();
    for (CsvRecord record : SHOP.orders()) {
      boolean repeated = !seen.add(record.getFields());
      oddities(record, repeated).forEach(kind -> counts.merge(kind, 1L, Long::sum));
    }
    assertThat(counts).isEqualTo(manifest("orders"));
  }

  @Test
  void theCatalogueHoldsWhatTheManifestSays() {
    Map<String, Long> counts = new TreeMap<>();
    for (CsvRecord record : SHOP.records("raw/catalogue")) {
      titleOddities(record.getField(2)).forEach(kind -> counts.merge(kind, 1L, Long::sum));
    }
    assertThat(counts).isEqualTo(manifest("catalogue"));
  }

  @Test
  void googleTrendsHoldsWhatTheManifestSays() {
    long below =
        SHOP.records("raw/google_trends").stream().filter(r -> r.getField(3).equals("<1")).count();
    assertThat(manifest("google_trends")).isEqualTo(Map.of("less_than_one", below));
  }

  @Test
  void theManifestIsAFileTooAndDefectsStayWellBelowOnePercent() {
    List<CsvRecord> lines = SHOP.records("dirt.csv");
    assertThat(lines)
        .extracting(CsvRecord::getFields)
        .containsExactlyElementsOf(
            SHOP.truth().dirt().stream()
                .map(d -> List.of(d.source(), d.kind(), Long.toString(d.records()), d.outcome()))
                .toList());
    long rejected =
        SHOP.truth().dirt().stream()
            .filter(d -> d.outcome().equals("rejected"))
            .mapToLong(PlantedDirt::records)
            .sum();
    assertThat(rejected).isBetween(5L, SHOP.orders().size() / 400L);
  }

  private static Map<String, Long> manifest(String source) {
    return SHOP.truth().dirt().stream()
        .filter(d -> d.source().equals(source))
        .collect(
            Collectors.toMap(PlantedDirt::kind, PlantedDirt::records, Long::sum, TreeMap::new));
  }

  private static Set<String> oddities(CsvRecord record, boolean repeated) {
    if (record.getFieldCount() < 7) {
      return Set.of("short_row");
    }
    Set<String> kinds = new HashSet<>(titleOddities(record.getField(4)));
    String sku = record.getField(3);
    String price = record.getField(6);
    add(kinds, "unparsable_date", !isTime(record.getField(1)));
    add(kinds, "text_quantity", !COUNT.matcher(record.getField(5).strip()).matches());
    add(kinds, "missing_sku", sku.isBlank());
    add(kinds, "missing_price", price.isBlank());
    add(kinds, "zero_price", price.equals("0.00"));
    add(kinds, "negative_price", price.startsWith("-"));
    add(kinds, "test_order", sku.startsWith("TEST-"));
    add(kinds, "postage", sku.equals("POST"));
    add(kinds, "duplicate", repeated);
    add(kinds, "surrounding_blanks", !sku.equals(sku.strip()));
    add(kinds, "lower_case_sku", !sku.equals(sku.toUpperCase(Locale.ROOT)));
    return kinds;
  }

  private static Set<String> titleOddities(String title) {
    Set<String> kinds = new HashSet<>();
    add(kinds, "title_with_comma", title.contains(","));
    add(kinds, "title_with_quotes", title.contains("\""));
    add(kinds, "title_with_newline", title.contains("\n"));
    add(kinds, "unicode_title", title.chars().anyMatch(c -> c > 127));
    return kinds;
  }

  private static void add(Set<String> kinds, String kind, boolean holds) {
    if (holds) {
      kinds.add(kind);
    }
  }

  private static boolean isTime(String text) {
    try {
      LocalDateTime.parse(text.replace(' ', 'T'));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
