package io.trendflow.scoring;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.row_number;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Ranks of rows among those of their cutoff and market. The rows of a market are ranked in one
 * task, or in several (see {@link MarketTasks}). Ranks and medians are the same either way.
 */
final class MarketRanks {
  /** Rank by descending value, ties by product id, from 1. */
  static final String PLACE = "market_place";

  /** Number of rows with a higher value, plus 1. */
  static final String FIRST_PLACE = "market_first_place";

  /** Number of rows with the same value, the row itself included. */
  static final String TIES = "market_ties";

  /** Number of rows of the cutoff and market. */
  static final String ROWS = "market_rows";

  static final List<String> COLUMNS = List.of(PLACE, FIRST_PLACE, TIES, ROWS);

  static final List<String> KEYS = List.of("cutoff", "market", "product_id");

  private static final String[] MARKET = {"cutoff", "market"};

  private MarketRanks() {}

  /**
   * Applies a ranking to rows. If a market is ranked in many tasks, the ranking receives only the
   * keys and the columns that it needs, and its result is joined to the other columns: the rows are
   * then shuffled once, whatever number of ranks it computes.
   *
   * @param rows rows that are unique by {@link #KEYS}
   * @param needed columns that the ranking reads
   * @param ranking function that appends or replaces columns
   */
  static Dataset<Row> apply(
      Dataset<Row> rows, List<String> needed, UnaryOperator<Dataset<Row>> ranking) {
    if (MarketTasks.of(rows.sparkSession()) == 1) {
      return ranking.apply(rows);
    }
    Column[] narrow =
        Stream.concat(KEYS.stream(), needed.stream()).map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> ranked = ranking.apply(rows.select(narrow));
    String[] replaced =
        Arrays.stream(ranked.columns()).filter(name -> !KEYS.contains(name)).toArray(String[]::new);
    return rows.drop(replaced).join(ranked, KEYS.toArray(String[]::new));
  }

  /** Appends {@link #COLUMNS} by a value, which is never null. */
  static Dataset<Row> add(Dataset<Row> rows, Column value) {
    int tasks = MarketTasks.of(rows.sparkSession());
    if (tasks > 1) {
      return SpreadRanks.add(rows, value, tasks);
    }
    Column[] group = {col(MARKET[0]), col(MARKET[1])};
    WindowSpec market = Window.partitionBy(group);
    Column place = row_number().over(market.orderBy(value.desc(), col("product_id")));
    Column firstPlace = rank().over(market.orderBy(value.desc()));
    WindowSpec ties = Window.partitionBy(group[0], group[1], value);
    return rows.select(
        col("*"),
        place.cast("long").as(PLACE),
        firstPlace.cast("long").as(FIRST_PLACE),
        count("*").over(ties).as(TIES),
        count("*").over(market).as(ROWS));
  }

  /**
   * Appends the median of a column over the rows of the cutoff and market that have a value.
   *
   * @param name name of the appended column
   */
  static Dataset<Row> addMedian(Dataset<Row> rows, String column, String name) {
    Column median = expr("percentile(" + column + ", 0.5)");
    return MarketTasks.of(rows.sparkSession()) == 1
        ? rows.withColumn(name, median.over(Window.partitionBy(MARKET[0], MARKET[1])))
        : rows.join(
            broadcast(rows.groupBy(MARKET[0], MARKET[1]).agg(median.as(name))), MARKET, "left");
  }
}
