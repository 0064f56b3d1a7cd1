package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RecordFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files with the same form, and a sample of their records.
 *
 * @param files paths of the files, sorted
 * @param columns every column with its texts in the sample
 * @param origins file of every record in the sample; empty if the records are not those of the
 *     files
 */
record LookalikeFiles(
    RawShape shape, List<String> files, List<ColumnSample> columns, List<String> origins) {
  /** Largest number of records in the sample of all files. */
  private static final int RECORDS = 20_000;

  private static final int FILES = 30;
  private static final int LONGEST_FOOTER = 10;

  /** Reads the first records of some files, evenly spaced from the first to the last. */
  static LookalikeFiles of(RawShape shape, List<RawFile> files, FormatSniffer sniffer)
      throws FileRejectedException {
    List<String[]> records = new ArrayList<>();
    List<String> origins = new ArrayList<>();
    Set<Integer> footers = new HashSet<>();
    List<String> names = shape.columns();
    int step = Math.max(1, (files.size() + FILES - 1) / FILES);
    List<RawFile> some =
        IntStream.range(0, files.size()).filter(i -> i % step == 0).mapToObj(files::get).toList();
    if (shape.preset() == null || !shape.columns().isEmpty()) {
      for (RawFile file : withoutCopies(some, sniffer)) {
        footers.add(add(records, file, shape, RECORDS / some.size(), sniffer));
        while (origins.size() < records.size()) {
          origins.add(file.file());
        }
      }
    }
    List<List<String>> texts =
        IntStream.range(0, names.size()).mapToObj(i -> texts(records, i)).toList();
    String decimal = decimal(shape, texts);
    List<ColumnSample> columns =
        IntStream.range(0, names.size())
            .mapToObj(i -> new ColumnSample(names.get(i), texts.get(i), decimal))
            .toList();
    return new LookalikeFiles(
        footers.size() == 1 ? shape.withFooter(footers.iterator().next()) : shape,
        files.stream().map(RawFile::file).toList(),
        columns,
        List.copyOf(origins));
  }

  /** Leaves out files with the same bytes as an earlier one, as an ingest does. */
  private static List<RawFile> withoutCopies(List<RawFile> files, FormatSniffer sniffer)
      throws FileRejectedException {
    Set<Long> sizes = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    List<RawFile> different = new ArrayList<>();
    boolean compared = files.stream().anyMatch(file -> !sizes.add(file.bytes()));
    for (RawFile file : files) {
      if (!compared || hashes.add(sniffer.hash(file))) {
        different.add(file);
      }
    }
    return different;
  }

  /** Adds the records of a file, and returns how many lines at its end are not records. */
  private static int add(
      List<String[]> records, RawFile file, RawShape shape, int most, FormatSniffer sniffer)
      throws FileRejectedException {
    int footer = 0;
    try (RecordFile open = sniffer.open(file, shape)) {
      String[] record = open.next();
      for (int i = 0; i < most && record != null; i++) {
        if (record.length == shape.columns().size()) {
          records.add(record);
          footer = 0;
        } else {
          footer++;
        }
        record = open.next();
      }
      return record == null && footer <= LONGEST_FOOTER ? footer : 0;
    }
  }

  private static List<String> texts(List<String[]> records, int column) {
    return records.stream().map(record -> record[column].strip()).toList();
  }

  /** Returns the decimal separator that the numbers of all columns show; null if they show none. */
  private static @Nullable String decimal(RawShape shape, List<List<String>> columns) {
    long points = 0;
    long commas = 0;
    for (List<String> texts : columns) {
      List<String> values = texts.stream().filter(text -> !text.isEmpty()).toList();
      boolean numeric =
          !values.isEmpty() && values.stream().limit(20).anyMatch(NumberForm::isNumeric);
      if (numeric) {
        NumberGuess guess = NumberGuess.of(values, NumberForm.NEARLY_ALL, null);
        points += guess.isNumber() ? guess.points() : 0;
        commas += guess.isNumber() ? guess.commas() : 0;
      }
    }
    if (points + commas == 0) {
      return shape.format().type() == FileFormat.PARQUET || shape.format().type() == FileFormat.XLSX
          ? "."
          : null;
    }
    return commas == 0 ? "." : points == 0 ? "," : null;
  }

  /** Returns the same files without some records of the sample. */
  LookalikeFiles without(Set<Integer> records) {
    if (records.isEmpty()) {
      return this;
    }
    return new LookalikeFiles(
        shape,
        files,
        columns.stream()
            .map(
                column ->
                    new ColumnSample(
                        column.name(), without(column.texts(), records), column.decimal()))
            .toList(),
        origins.isEmpty() ? origins : without(origins, records));
  }

  private static List<String> without(List<String> texts, Set<Integer> records) {
    return IntStream.range(0, texts.size())
        .filter(i -> !records.contains(i))
        .mapToObj(texts::get)
        .toList();
  }

  /** Returns the decimal separator of the files; null if they show none. */
  @Nullable String decimal() {
    return columns.isEmpty() ? null : columns.get(0).decimal();
  }

  int records() {
    return columns.isEmpty() ? 0 : columns.get(0).texts().size();
  }

  /** Returns the columns that have values. */
  Stream<ColumnSample> filled() {
    return columns.stream().filter(column -> !column.isEmpty());
  }

  /** Returns the column with a name; null if there is none. */
  @Nullable ColumnSample column(@Nullable String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElse(null);
  }

  /** Returns the column with a name that the table has. */
  ColumnSample required(String name) {
    return Objects.requireNonNull(column(name), name);
  }
}
