package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.jobs.command.FailureMessage;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class SparkSchemasTest {
  @Test
  void typesAndNullabilityFollowTheContract() {
    StructType schema = SparkSchemas.of(Table.INGESTS);
    assertThat(schema.apply("read").dataType()).isEqualTo(DataTypes.LongType);
    assertThat(schema.apply("ingested_on").dataType()).isEqualTo(DataTypes.DateType);
    assertThat(schema.apply("finished_at").nullable()).isFalse();
    ArrayType sources = (ArrayType) schema.apply("sources").dataType();
    assertThat(sources.containsNull()).isFalse();
    StructType source = (StructType) sources.elementType();
    assertThat(source.apply("kind").nullable()).isFalse();
    assertThat(source.apply("watermark").nullable()).isTrue();
    assertThat(SparkSchemas.of(Table.DAILY_SALES).apply("refunds").dataType())
        .isEqualTo(DataTypes.createDecimalType(38, 9));
  }

  @Test
  void columnsAreOrderedAndNumbersWidened(SparkSession spark) {
    Dataset<Row> rows =
        Sample.of(spark, Table.DAILY_SALES, Map.of("product_id", "é½"))
            .withColumn("orders", lit(3))
            .withColumn("gross_units", lit(2))
            .withColumn("gross_revenue", lit(12.1))
            .withColumn("currency", lit(null));
    Dataset<Row> shuffled = rows.select(reversed(rows));

    Dataset<Row> conformed = SparkSchemas.conform(shuffled, Table.DAILY_SALES);

    assertThat(conformed.columns()).isEqualTo(SparkSchemas.of(Table.DAILY_SALES).fieldNames());
    Row row = conformed.head();
    assertThat(row.<Long>getAs("orders")).isEqualTo(3L);
    assertThat(row.<Double>getAs("gross_units")).isEqualTo(2.0);
    assertThat(row.<BigDecimal>getAs("gross_revenue")).isEqualByComparingTo("12.1");
    assertThat(row.<String>getAs("currency")).isNull();
    assertThat(row.<String>getAs("product_id")).isEqualTo("é½");
  }

  @Test
  void nestedColumnsAreMatchedByNameAndMissingListsBecomeEmpty(SparkSession spark) {
    Dataset<Row> rows =
        Sample.of(spark, Table.INGESTS, Map.of())
            .withColumn(
                "rejections",
                array(struct(lit(7).as("records"), lit("s").as("source"), lit("r").as("reason"))))
            .withColumn("supersedes", lit(null))
            .withColumn(
                "files", lit(null).cast(SparkSchemas.of(Table.INGESTS).apply("files").dataType()));

    Row row = SparkSchemas.conform(rows, Table.INGESTS).head();

    Row rejection = row.<Row>getList(row.fieldIndex("rejections")).get(0);
    assertThat(rejection.schema().fieldNames()).containsExactly("source", "reason", "records");
    assertThat(rejection.getString(0)).isEqualTo("s");
    assertThat(rejection.getLong(2)).isEqualTo(7L);
    assertThat(row.getList(row.fieldIndex("supersedes"))).isEmpty();
    assertThat(row.getList(row.fieldIndex("files"))).isEmpty();
  }

  @Test
  void everyProblemIsNamedAtOnce(SparkSession spark) {
    Dataset<Row> rows =
        Sample.of(spark, Table.REJECTS, Map.of())
            .drop("source", "detail")
            .withColumn("note", lit("n"))
            .withColumn("record", lit("12"))
            .withColumn("fields", array(struct(lit("a").as("name"), lit(1).as("size"))));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparkSchemas.conform(rows, Table.REJECTS))
        .withMessage(
            "quality.rejects can't be written: source is missing;"
                + " record must be INTEGER, but is string; detail is missing;"
                + " fields.value is missing; fields.size is not in the contract;"
                + " note is not in the contract.");
  }

  @Test
  void aNumberThatNoDecimalHoldsIsRefusedInsteadOfLost(SparkSession spark) {
    Dataset<Row> rows =
        Sample.of(spark, Table.DAILY_SALES, Map.of()).withColumn("refunds", lit(1e30));
    assertThatThrownBy(() -> SparkSchemas.conform(rows, Table.DAILY_SALES).collect())
        .satisfies(
            e ->
                assertThat(FailureMessage.sentence(e))
                    .isEqualTo(
                        "sales_history.daily_sales can't be written: refunds is 1.0E30, which does"
                            + " not fit into NUMERIC (at most 29 digits before the point)."));
  }

  @Test
  void violationsNameTableColumnAndCount(SparkSession spark) {
    Dataset<Row> rows =
        Sample.batch(spark, Table.SCORES, "r1", "product_id", "a", "b", "c")
            .withColumn("rank", when(col("product_id").equalTo("a"), 1L))
            .withColumn(
                "run_id",
                org.apache
                    .spark
                    .sql
                    .functions
                    .when(col("product_id").notEqual("b"), "r1")
                    .otherwise("r2"))
            .withColumn("recent_weekly_units", array(lit(1.0), lit(null).cast("double")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractViolations.refuse(rows, Table.SCORES, "r1"))
        .withMessage(
            "prediction.scores can't be written: rank lacks a required value in 2 of 3 rows;"
                + " recent_weekly_units lacks a required value in 3 of 3 rows;"
                + " run_id is not r1 in 1 of 3 rows.");
  }

  @Test
  void aRequiredValueInsideAListIsMissed(SparkSession spark) {
    Dataset<Row> rows =
        Sample.of(spark, Table.REJECTS, Map.of("ingest_id", "i1"))
            .withColumn(
                "fields", array(struct(lit(null).cast("string").as("name"), lit("v").as("value"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractViolations.refuse(rows, Table.REJECTS, "i1"))
        .withMessage(
            "quality.rejects can't be written: fields lacks a required value in 1 of 1 rows.");
  }

  private static Column[] reversed(Dataset<Row> rows) {
    String[] names = rows.columns();
    Column[] columns = new org.apache.spark.sql.Column[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = col(names[names.length - 1 - i]);
    }
    return columns;
  }
}
