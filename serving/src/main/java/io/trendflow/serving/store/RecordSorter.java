package io.trendflow.serving.store;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sorts records in a compact form. */
final class RecordSorter<R extends Record> {
  private final PackedRecords<R> rows;
  private final List<PackedColumn> keys = new ArrayList<>();

  /**
   * Creates an empty sorter.
   *
   * @param order columns to sort by; texts are ordered by their UTF-8 bytes
   */
  RecordSorter(Class<R> type, List<String> order) {
    rows = new PackedRecords<>(type);
    for (String column : order) {
      for (RecordComponent component : type.getRecordComponents()) {
        if (RecordType.column(component).equals(column)) {
          keys.add(rows.column(component.getName(), PackedColumn.class));
        }
      }
    }
  }

  void add(R row) {
    rows.add(row);
  }

  /** Passes all records to a consumer, sorted. */
  void end(Consumer<R> sorted) {
    IntStream.range(0, rows.size())
        .boxed()
        .sorted(order())
        .forEachOrdered(row -> sorted.accept(rows.get(row)));
  }

  private Comparator<Integer> order() {
    return (a, b) -> {
      for (PackedColumn key : keys) {
        int order = compare(key.get(a), key.get(b));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  @SuppressWarnings("unchecked") // values of one column are of one type
  private static int compare(@Nullable Object a, @Nullable Object b) {
    return a instanceof String text
        ? ByProduct.compare(text, (String) Objects.requireNonNull(b))
        : ((Comparable<Object>) Objects.requireNonNull(a)).compareTo(Objects.requireNonNull(b));
  }
}
