package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.schemas.Table;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Prints the products of a run with the highest potential at the end of a job. */
final class TopProducts {
  private static final int ROWS = 5;
  private static final String LINE = "  %-34s %-8s %9s %17s %9s %10s";

  private TopProducts() {}

  static void print(JobContext context, String runId) {
    List<Row> rows =
        context
            .store()
            .read(Table.SCORES, runId)
            .orderBy(desc("potential"), desc("uplift_units"), col("product_id"), col("market"))
            .takeAsList(ROWS);
    context.progress().print("Top %d products of run %s:".formatted(rows.size(), runId));
    context
        .progress()
        .print(
            LINE.formatted(
                "product", "market", "expected", "80 % interval", "baseline", "potential"));
    rows.forEach(row -> context.progress().print(line(row)));
    if (rows.stream().allMatch(row -> row.<Double>getAs("uplift_units") <= 0)) {
      context
          .progress()
          .print(
              "No product is expected to sell more than its baseline, so this list ranks nothing:"
                  + " the order says nothing about the products.");
    }
  }

  private static String line(Row row) {
    String name = row.getAs("name");
    String product = row.getAs("product_id");
    String shown = name == null ? product : product + " " + name;
    return String.format(
        Locale.ENGLISH,
        LINE,
        shown.length() > 34 ? shown.substring(0, 33) + "…" : shown,
        row.getAs("market"),
        units(row, "expected_units"),
        units(row, "lower_units") + " .. " + units(row, "upper_units"),
        units(row, "baseline_units"),
        units(row, "potential"));
  }

  private static String units(Row row, String column) {
    return String.format(Locale.ENGLISH, "%,.1f", row.<Double>getAs(column));
  }
}
