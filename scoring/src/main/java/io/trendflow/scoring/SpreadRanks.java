package io.trendflow.scoring;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Ranks of {@link MarketRanks}, computed in many tasks for one market. The rows are sorted into
 * ranges by market, value and product; each task ranks one range and adds the number of rows of the
 * market that are in the ranges before it. Rows of one value may lie in several ranges.
 */
final class SpreadRanks {
  /** Column by which rows are ranked. */
  static final String VALUE = "market_value";

  /** Cutoff and market of rows that are ranked together. */
  private record Group(LocalDate cutoff, String market) implements Serializable {}

  /** Number of consecutive rows of a group with the same value. */
  private record Run(Group group, double value, long rows) implements Serializable {
    boolean continues(Group other, double otherValue) {
      return group.equals(other) && (value == otherValue || isNaN(value, otherValue));
    }

    private static boolean isNaN(double one, double other) {
      return Double.isNaN(one) && Double.isNaN(other);
    }
  }

  /**
   * Rows of a group in one range.
   *
   * @param first the first run
   * @param last the last run, which may be the first
   */
  private record Part(int range, long rows, Run first, Run last) implements Serializable {
    boolean isOneRun() {
      return rows == first.rows;
    }
  }

  /** Rows of one value in all ranges: their first place and their number. */
  private static final class Ties implements Serializable {
    private final long firstPlace;
    private long rows;

    private Ties(long firstPlace, long rows) {
      this.firstPlace = firstPlace;
      this.rows = rows;
    }
  }

  /**
   * Place of a part in its group.
   *
   * @param before number of the group's rows in earlier ranges
   * @param groupRows number of the group's rows in all ranges
   * @param first ties of the part's first run
   * @param last ties of its last run
   */
  private record Offset(long before, long groupRows, Ties first, Ties last)
      implements Serializable {}

  private SpreadRanks() {}

  /**
   * Appends {@link MarketRanks#COLUMNS}. Runs Spark jobs that sort the rows; the ranks follow when
   * the result is read.
   *
   * @param ranges number of ranges
   */
  static Dataset<Row> add(Dataset<Row> rows, Column value, int ranges) {
    // Spark reads the rows once to find the ranges and once to sort them.
    Dataset<Row> kept = rows.withColumn(VALUE, value).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Column[] order = {
        col("cutoff"), col("market"), col(VALUE).desc(), col("product_id"),
      };
      JavaRDD<Row> sorted =
          kept.repartitionByRange(ranges, order).sortWithinPartitions(order).toJavaRDD();
      StructType schema = kept.schema();
      Columns columns = new Columns(schema);
      List<Part> parts =
          sorted
              .mapPartitionsWithIndex(
                  (range, own) -> new Parts(range, columns).of(own).iterator(), true)
              .collect();
      Broadcast<List<Map<Group, Offset>>> offsets =
          JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext())
              .broadcast(offsets(parts, ranges));
      JavaRDD<Row> ranked =
          sorted.mapPartitionsWithIndex(
              (range, own) -> new RankedRows(own, columns, offsets.value().get(range)), true);
      for (String name : MarketRanks.COLUMNS) {
        schema = schema.add(name, DataTypes.LongType, false);
      }
      return rows.sparkSession().createDataFrame(ranked, schema).drop(VALUE);
    } finally {
      kept.unpersist();
    }
  }

  /** Returns the offset of each part, by range and group. */
  private static List<Map<Group, Offset>> offsets(List<Part> parts, int ranges) {
    Map<Group, Long> totals = new HashMap<>();
    parts.forEach(part -> totals.merge(part.first.group, part.rows, Long::sum));
    List<Map<Group, Offset>> offsets = new ArrayList<>();
    for (int range = 0; range < ranges; range++) {
      offsets.add(new HashMap<>());
    }
    Map<Group, Long> before = new HashMap<>();
    Run run = null;
    Ties ties = new Ties(0, 0);
    for (Part part : parts) {
      Group group = part.first.group;
      long place = before.getOrDefault(group, 0L);
      if (run == null || !run.continues(group, part.first.value)) {
        ties = new Ties(place + 1, 0);
      }
      ties.rows += part.first.rows;
      Ties first = ties;
      if (!part.isOneRun()) {
        ties = new Ties(place + part.rows - part.last.rows + 1, part.last.rows);
      }
      run = part.last;
      before.put(group, place + part.rows);
      offsets
          .get(part.range)
          .put(group, new Offset(place, totals.getOrDefault(group, 0L), first, ties));
    }
    return offsets;
  }

  /** Positions of the columns by which rows are ranked. */
  private record Columns(int cutoff, int market, int value) implements Serializable {
    Columns(StructType schema) {
      this(schema.fieldIndex("cutoff"), schema.fieldIndex("market"), schema.fieldIndex(VALUE));
    }

    Group group(Row row) {
      return new Group(row.<LocalDate>getAs(cutoff), row.getString(market));
    }
  }

  /** Sums up a range of sorted rows. */
  private static final class Parts {
    private final int range;
    private final Columns columns;
    private final List<Part> parts = new ArrayList<>();

    private Parts(int range, Columns columns) {
      this.range = range;
      this.columns = columns;
    }

    private List<Part> of(Iterator<Row> sorted) {
      Run first = null;
      Run run = null;
      long rows = 0;
      while (sorted.hasNext()) {
        Row row = sorted.next();
        Group group = columns.group(row);
        double value = row.getDouble(columns.value);
        if (run != null && run.continues(group, value)) {
          run = new Run(group, value, run.rows + 1);
        } else {
          if (first != null && run != null && !run.group.equals(group)) {
            parts.add(new Part(range, rows, first, run));
            first = null;
            rows = 0;
          }
          run = new Run(group, value, 1);
        }
        rows++;
        first = first == null || rows == run.rows ? run : first;
      }
      if (first != null && run != null) {
        parts.add(new Part(range, rows, first, run));
      }
      return parts;
    }
  }

  /** Rows of a range with their ranks. The rows of one value are in memory at a time. */
  private static final class RankedRows implements Iterator<Row> {
    private final Iterator<Row> sorted;
    private final Columns columns;
    private final Map<Group, Offset> offsets;
    private final List<Row> run = new ArrayList<>();
    private int given;
    private @Nullable Row next;
    private @Nullable Group group;
    private long place;
    private Ties ties = new Ties(0, 0);
    private long groupRows;

    private RankedRows(Iterator<Row> sorted, Columns columns, Map<Group, Offset> offsets) {
      this.sorted = sorted;
      this.columns = columns;
      this.offsets = offsets;
      this.next = sorted.hasNext() ? sorted.next() : null;
    }

    @Override
    public boolean hasNext() {
      return given < run.size() || next != null;
    }

    @Override
    public Row next() {
      if (given == run.size()) {
        readRun();
      }
      place++;
      return ranked(run.get(given++));
    }

    private void readRun() {
      Row row = next;
      if (row == null) {
        throw new NoSuchElementException();
      }
      Run current = new Run(columns.group(row), row.getDouble(columns.value), 0);
      run.clear();
      given = 0;
      while (row != null && current.continues(columns.group(row), row.getDouble(columns.value))) {
        run.add(row);
        row = sorted.hasNext() ? sorted.next() : null;
      }
      next = row;
      begin(current.group);
    }

    /** Finds the ties of a run; those of a range's first and last run may be in other ranges. */
    private void begin(Group of) {
      Offset offset = offsets.get(of);
      if (offset == null) {
        throw new IllegalStateException("the ranges have changed: " + of);
      }
      if (!of.equals(group)) {
        group = of;
        place = offset.before;
        groupRows = offset.groupRows;
        ties = offset.first;
      } else {
        ties = place + 1 == offset.last.firstPlace ? offset.last : new Ties(place + 1, run.size());
      }
    }

    private Row ranked(Row row) {
      Object[] all = new Object[row.size() + MarketRanks.COLUMNS.size()];
      for (int i = 0; i < row.size(); i++) {
        all[i] = row.get(i);
      }
      all[row.size()] = place;
      all[row.size() + 1] = ties.firstPlace;
      all[row.size() + 2] = ties.rows;
      all[row.size() + 3] = groupRows;
      return RowFactory.create(all);
    }
  }
}
