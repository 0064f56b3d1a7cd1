package io.trendflow.scoring;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Appends columns to rows in one pass over each partition. */
final class MoreColumns implements MapPartitionsFunction<Row, Row> {
  private final Broadcast<Source> source;

  /** Source of the appended values. */
  interface Source extends Serializable {
    /** Returns the function that computes the values of a row; called once for each partition. */
    Function<Row, @Nullable Object[]> open();
  }

  private MoreColumns(Broadcast<Source> source) {
    this.source = source;
  }

  static Dataset<Row> append(Dataset<Row> rows, StructType columns, Source source) {
    StructType schema = rows.schema();
    for (StructField column : columns.fields()) {
      schema = schema.add(column);
    }
    Broadcast<Source> broadcast =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()).broadcast(source);
    return rows.mapPartitions(new MoreColumns(broadcast), Encoders.row(schema));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Function<Row, @Nullable Object[]> opened = source.value().open();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        return append(row, opened.apply(row));
      }
    };
  }

  private static Row append(Row row, @Nullable Object[] more) {
    @Nullable Object[] all = new Object[row.size() + more.length];
    for (int i = 0; i < row.size(); i++) {
      all[i] = row.get(i);
    }
    System.arraycopy(more, 0, all, row.size(), more.length);
    return RowFactory.create(all);
  }
}
