package io.trendflow.ingestion.init;

import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RecordFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files with the same form, and a sample of their records.
 *
 * @param files paths of the files, sorted
 * @param columns every column with its texts in the sample
 */
record LookalikeFiles(RawShape shape, List<String> files, List<ColumnSample> columns) {
  /** Largest number of records in the sample of all files. */
  private static final int RECORDS = 20_000;

  private static final int FILES = 5;

  /** Reads the first records of some files, evenly spaced from the first to the last. */
  static LookalikeFiles of(RawShape shape, List<RawFile> files, FormatSniffer sniffer)
      throws FileRejectedException {
    List<String[]> records = new ArrayList<>();
    List<String> names = shape.columns();
    int step = Math.max(1, (files.size() + FILES - 1) / FILES);
    List<RawFile> some =
        IntStream.range(0, files.size()).filter(i -> i % step == 0).mapToObj(files::get).toList();
    if (shape.preset() == null || !shape.columns().isEmpty()) {
      for (RawFile file : some) {
        add(records, file, shape, RECORDS / some.size(), sniffer);
      }
    }
    List<ColumnSample> columns =
        IntStream.range(0, names.size())
            .mapToObj(i -> new ColumnSample(names.get(i), texts(records, i)))
            .toList();
    return new LookalikeFiles(shape, files.stream().map(RawFile::file).toList(), columns);
  }

  private static void add(
      List<String[]> records, RawFile file, RawShape shape, int most, FormatSniffer sniffer)
      throws FileRejectedException {
    try (RecordFile open = sniffer.open(file, shape)) {
      String[] record = open.next();
      for (int i = 0; i < most && record != null; i++) {
        if (record.length == shape.columns().size()) {
          records.add(record);
        }
        record = open.next();
      }
    }
  }

  private static List<String> texts(List<String[]> records, int column) {
    return records.stream().map(record -> record[column].strip()).toList();
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
}
