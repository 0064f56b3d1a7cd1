package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.SalesMapper;
import io.trendflow.ingestion.clean.SparkColumns;
import io.trendflow.ingestion.raw.FileTask;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Accepted records of sales whose files are counted on their own. Only their columns become rows of
 * Spark, in its own types: its conversion of whole records took as long as reading and cleaning.
 */
final class AcceptedSales {
  private static final DecimalType MONEY = (DecimalType) SparkColumns.MONEY;

  private AcceptedSales() {}

  /** Reads every file, in its own task, into the source and the columns of a sales line. */
  static Dataset<Row> read(SparkSession spark, List<FileTask> tasks) {
    JavaRDD<InternalRow> lines =
        CleanedRecords.rows(spark, tasks)
            .filter(record -> record.getString(3).equals(RecordRows.ACCEPTED))
            .map(record -> line(record.getString(0), record.getStruct(8)));
    StructType schema = new StructType().add("source", DataTypes.StringType, false);
    for (StructField field : SalesMapper.SCHEMA.fields()) {
      schema = schema.add(field);
    }
    return spark.internalCreateDataFrame(lines.rdd(), schema, false);
  }

  private static InternalRow line(String source, Row sale) {
    @Nullable Object[] values = new Object[sale.length() + 1];
    values[0] = UTF8String.fromString(source);
    for (int i = 0; i < sale.length(); i++) {
      values[i + 1] = internal(sale.get(i));
    }
    return new GenericInternalRow(values);
  }

  private static @Nullable Object internal(@Nullable Object value) {
    if (value instanceof String text) {
      return UTF8String.fromString(text);
    }
    if (value instanceof BigDecimal amount) {
      return Decimal.apply(amount, MONEY.precision(), MONEY.scale());
    }
    if (value instanceof LocalDate day) {
      return (int) day.toEpochDay();
    }
    if (value instanceof Instant time) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
    return value;
  }
}
