package io.trendflow.examples;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Drifts that can be planted in the raw files of {@link SyntheticRetail}, from a day on. */
public enum PlantedDrift {
  /** Prices of order lines are in hundredths of the currency. */
  PRICES_IN_CENTS("source"),
  /** The till counts each unit of market uk twice. */
  DOUBLED_MARKET("source"),
  /** The orders of the last days are missing. */
  SILENT_FEED("source"),
  /** The catalogue names its largest category differently. */
  RENAMED_CATEGORY("inputs"),
  /**
   * Customers place three orders for each one that they placed before. The source is right and the
   * forecasts follow the recent sales, which are among the model's inputs: these are the first to
   * differ.
   */
  DEMAND_SHOCK("inputs"),
  /** The latest pull of Google's series is on another scale. */
  RESCALED_TRENDS("");

  private final String area;

  PlantedDrift(String area) {
    this.area = area;
  }

  /** Returns the area of findings that the drift belongs to; empty if it should raise none. */
  public String area() {
    return area;
  }

  /**
   * Plants the drift.
   *
   * @param raw folder of the raw files, which are rewritten
   * @param from first day of the drift
   */
  public void plant(Path raw, LocalDate from) throws IOException {
    switch (this) {
      case RENAMED_CATEGORY ->
          rewrite(
              raw.resolve("catalogue/products.csv"),
              row ->
                  List.of(row.with("category", c -> c.equals("Kitchen") ? "Kitchen & Table" : c)));
      case RESCALED_TRENDS -> {
        for (Path file : files(raw.resolve("google_trends"))) {
          rewrite(file, row -> List.of(row.with("value", PlantedDrift::rescaled)));
        }
      }
      default -> {
        for (Path file : files(raw.resolve("orders"))) {
          if (file.getFileName().toString().compareTo(from.toString().substring(0, 7)) >= 0) {
            rewrite(file, row -> isSince(row, from) ? changed(row) : List.of(row));
          }
        }
      }
    }
  }

  private List<CsvRow> changed(CsvRow row) {
    return switch (this) {
      case PRICES_IN_CENTS -> List.of(row.with("unit_price", price -> hundredfold(price)));
      case DOUBLED_MARKET ->
          List.of(
              value(row, "market").equals("uk") ? row.with("quantity", PlantedDrift::twice) : row);
      case SILENT_FEED -> List.of();
      case DEMAND_SHOCK ->
          List.of(row, row.with("order_id", id -> id + "B"), row.with("order_id", id -> id + "C"));
      default -> throw new IllegalStateException(name());
    };
  }

  private static boolean isSince(CsvRow row, LocalDate from) {
    return value(row, "ordered_at").compareTo(from.toString()) >= 0;
  }

  private static String value(CsvRow row, String column) {
    int at = row.columns().indexOf(column);
    return at < row.values().size() ? row.values().get(at) : "";
  }

  private static String hundredfold(String price) {
    try {
      return String.valueOf(Math.round(100 * Double.parseDouble(price)));
    } catch (NumberFormatException e) { // planted dirt
      return price;
    }
  }

  private static String twice(String quantity) {
    try {
      return String.valueOf(2 * Integer.parseInt(quantity));
    } catch (NumberFormatException e) { // planted dirt
      return quantity;
    }
  }

  private static String rescaled(String value) {
    // Google writes <1 for interest that is there but rounds to 0.
    return value.startsWith("<")
        ? value
        : String.valueOf(Math.round(0.4 * Double.parseDouble(value)));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static void rewrite(Path file, Function<CsvRow, List<CsvRow>> change) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofNamedCsvRecord(reader(file))) {
      for (NamedCsvRecord found : reader) {
        if (columns.isEmpty()) {
          columns.addAll(found.getHeader());
        }
        rows.add(new CsvRow(columns, found.getFields()));
      }
    }
    try (CsvFileWriter writer = new CsvFileWriter(file, columns)) {
      for (CsvRow row : rows) {
        boolean whole = row.values().size() == columns.size();
        writer.write(whole ? change.apply(row) : List.of(row));
      }
    }
  }

  private static Reader reader(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    return new InputStreamReader(text, StandardCharsets.UTF_8);
  }
}
