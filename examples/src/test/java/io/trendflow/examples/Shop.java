package io.trendflow.examples;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Default shop, generated and read back once from its files alone. */
final class Shop {
  private static final Pattern SKU = Pattern.compile("[A-Za-z]{3}-\\d{5}");
  private static final Pattern COUNT = Pattern.compile("\\d+");
  private static final Pattern PRICE = Pattern.compile("\\d+\\.\\d\\d");
  private static final Shop DEFAULT = generate();

  private final Path folder;
  private final RetailSettings settings;
  private final PlantedTruth truth;
  private final List<CsvRecord> orders;
  private final Map<String, double[]> units = new TreeMap<>();
  private final Map<String, double[]> lines = new TreeMap<>();

  private Shop(Path folder, RetailSettings settings, PlantedTruth truth) {
    this.folder = folder;
    this.settings = settings;
    this.truth = truth;
    orders = records("raw/orders");
    countSales();
  }

  private static Shop generate() {
    Path folder = Path.of("target", "default-shop");
    try {
      RetailSettings settings = RetailSettings.defaults();
      return new Shop(folder, settings, SyntheticRetail.write(folder, settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Shop ofDefaults() {
    return DEFAULT;
  }

  Path folder() {
    return folder;
  }

  RetailSettings settings() {
    return settings;
  }

  PlantedTruth truth() {
    return truth;
  }

  /** Returns every record of the orders, odd records included. */
  List<CsvRecord> orders() {
    return orders;
  }

  /** Returns every record of a directory or of one file, without the headers. */
  List<CsvRecord> records(String path) {
    try (Stream<Path> files = Files.walk(folder.resolve(path))) {
      return files.filter(Files::isRegularFile).sorted().flatMap(f -> read(f).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CsvRecord> read(Path file) {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      List<CsvRecord> records = reader.stream().toList();
      return records.subList(1, records.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the position of a day in the history, counted from 0. */
  int day(LocalDate date) {
    return (int) (date.toEpochDay() - settings.start().toEpochDay());
  }

  /** Returns the gross units by market and product, one number per day. */
  Map<String, double[]> units() {
    return units;
  }

  /**
   * Returns the sold lines by market and product, one number per day; they vary less than units.
   */
  Map<String, double[]> lines() {
    return lines;
  }

  private void countSales() {
    Set<List<String>> seen = new HashSet<>();
    for (CsvRecord record : orders) {
      if (isSale(record) && seen.add(record.getFields())) {
        String key = key(record.getField(2), record.getField(3).strip().toUpperCase(Locale.ROOT));
        int day = day(LocalDate.parse(record.getField(1).substring(0, 10)));
        double quantity = Double.parseDouble(record.getField(5).strip());
        units.computeIfAbsent(key, k -> new double[settings.days()])[day] += quantity;
        lines.computeIfAbsent(key, k -> new double[settings.days()])[day]++;
      }
    }
  }

  /** Returns whether a careful reader counts the record as a sale of a product. */
  private static boolean isSale(CsvRecord record) {
    return record.getFieldCount() == 7
        && record.getField(1).startsWith("20")
        && SKU.matcher(record.getField(3).strip()).matches()
        && COUNT.matcher(record.getField(5).strip()).matches()
        && PRICE.matcher(record.getField(6)).matches()
        && !record.getField(6).equals("0.00");
  }

  static String key(String market, String product) {
    return market + "/" + product;
  }

  /** Returns the weekly values of each series of a source in one place, by keyword and week. */
  Map<String, NavigableMap<LocalDate, Double>> trends(String source, String geo) {
    Map<String, NavigableMap<LocalDate, Double>> series = new HashMap<>();
    for (CsvRecord record : records("raw/" + source + "/" + geo + ".csv")) {
      double value = Double.parseDouble(record.getField(3).replace("<1", "0.5"));
      series
          .computeIfAbsent(record.getField(1), keyword -> new TreeMap<>())
          .put(LocalDate.parse(record.getField(0)), value);
    }
    return series;
  }

  /** Returns the value of a key that must be present. */
  static <V> V in(Map<String, V> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }
}
