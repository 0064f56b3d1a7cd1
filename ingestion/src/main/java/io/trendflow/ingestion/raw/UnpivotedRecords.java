package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.UnpivotConfig;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records of an unpivoted table: one for each cell of the configured columns, with the name of its
 * column.
 */
public final class UnpivotedRecords implements RecordFile {
  private final RecordFile file;
  private final UnpivotConfig config;
  private final int[] cells;
  private final FileHeader header;
  private String[] row = {};
  private int next;

  public UnpivotedRecords(RecordFile file, UnpivotConfig config) throws FileRejectedException {
    this.file = file;
    this.config = config;
    this.cells = new int[config.columns().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = file.header().index(config.columns().get(i));
    }
    this.next = cells.length;
    this.header =
        new FileHeader(
            file.header().file(),
            Stream.concat(
                    file.header().columns().stream(), Stream.of(config.name(), config.value()))
                .toArray(String[]::new));
  }

  @Override
  public FileHeader header() {
    return header;
  }

  @Override
  public String @Nullable [] next() throws FileRejectedException {
    if (next == cells.length) {
      String[] record = file.next();
      if (record == null) {
        return null;
      }
      if (record.length != file.header().size()) {
        return miscounted(record);
      }
      row = record;
      next = 0;
    }
    String[] cell = Arrays.copyOf(row, header.size());
    cell[row.length] = config.columns().get(next);
    cell[row.length + 1] = row[cells[next]];
    next++;
    return cell;
  }

  /**
   * Returns a record with a wrong number of fields, longer by the two added columns, so that two
   * excess fields are not mistaken for name and value.
   */
  private static String[] miscounted(String[] record) {
    String[] longer = Arrays.copyOf(record, record.length + 2);
    Arrays.fill(longer, record.length, longer.length, "");
    return longer;
  }

  @Override
  public void close() {
    file.close();
  }
}
