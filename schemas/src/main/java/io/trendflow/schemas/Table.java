package io.trendflow.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tables of TrendFlow. Every row has the id of the batch that wrote it. A batch of a table is
 * visible once the commit table has a row with that id; a batch of a commit table is visible at
 * once.
 */
public enum Table {
  INGESTS("quality", "ingest_id", null),
  REJECTS("quality", "ingest_id", INGESTS),
  DAILY_SALES("sales_history", "ingest_id", INGESTS),
  SIGNALS("trend", "ingest_id", INGESTS),
  CATALOG("new_product", "ingest_id", INGESTS),
  STOCK_LEVELS("sales_history", "ingest_id", INGESTS),
  CALENDAR("new_product", "ingest_id", INGESTS),
  RUNS("prediction", "run_id", null),
  SCORES("prediction", "run_id", RUNS),
  SCORE_INPUTS("prediction", "run_id", RUNS),
  PRODUCT_KEYWORDS("features", "run_id", RUNS),
  MODELS("prediction", "backtest_id", null),
  BACKTEST("prediction", "backtest_id", MODELS),
  MONITORS("quality", "monitor_id", null),
  OUTCOMES("prediction", "monitor_id", MONITORS),
  FINDINGS("quality", "monitor_id", MONITORS),
  DECISIONS("prediction", "decision_id", null),
  PLANS("prediction", "plan_id", null),
  ORDERS("prediction", "plan_id", PLANS);

  private final String dataset;
  private final String batchColumn;
  private final Optional<Table> committedBy;
  private final TableContract contract;

  Table(String dataset, String batchColumn, @Nullable Table committedBy) {
    this.dataset = dataset;
    this.batchColumn = batchColumn;
    this.committedBy = Optional.ofNullable(committedBy);
    this.contract = read(dataset + "/" + table() + ".json");
  }

  /** Returns the dataset: a directory of the file store, or a dataset in BigQuery. */
  public String dataset() {
    return dataset;
  }

  /** Returns the table's name inside its dataset. */
  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the column with the id of the batch that wrote the row. */
  public String batchColumn() {
    return batchColumn;
  }

  /**
   * Returns the commit table, whose row makes a batch of this table visible; empty for a commit
   * table.
   */
  public Optional<Table> committedBy() {
    return committedBy;
  }

  /** Returns the columns, keys and partitioning. */
  public TableContract contract() {
    return contract;
  }

  @Override
  public String toString() {
    return dataset + "." + table();
  }

  private static TableContract read(String resource) {
    try (InputStream in = Table.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("contract " + resource + " is not on the class path");
      }
      return Json.MAPPER.readValue(in, TableContract.class);
    } catch (IOException e) {
      throw new UncheckedIOException("contract " + resource + " cannot be read", e);
    }
  }

  /** Holder of the mapper, which the constants need before the enum's own static fields exist. */
  private static final class Json {
    static final ObjectMapper MAPPER =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  }
}
