package io.trendflow.jobs.command;

import static org.apache.spark.sql.functions.lit;

import io.trendflow.jobs.AsOf;
import io.trendflow.jobs.config.ContentIds;
import io.trendflow.jobs.store.Sample;
import io.trendflow.schemas.Table;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A job like the real ones: it writes a batch of days, commits it, and can be told to fail. */
@Command(name = "proof", description = "Writes a day of sales.")
public final class ProofJob implements SparkJob {
  private static final LocalDate DEFAULT_DAY = LocalDate.parse("2011-08-31");

  @Mixin private final AsOf asOf = new AsOf();

  @Option(names = "--fail", description = "argument, task, memory or bug", defaultValue = "")
  @SuppressWarnings("NullAway.Init")
  private String fail;

  record Result(String ingestId, LocalDate day, long rows, boolean repeated) {}

  public static void main(String[] args) {
    JobLauncher.start(new ProofJob(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    failIfTold(context);
    return run(context, asOf.day().orElse(DEFAULT_DAY), options.force);
  }

  static Result run(JobContext context, LocalDate day, boolean force) {
    String id = ContentIds.hash(day, force);
    if (context.store().isCommitted(Table.INGESTS, id)) {
      return new Result(id, day, 0, true);
    }
    context.progress().stages("write sales_history.daily_sales", "commit");
    long rows =
        context
            .store()
            .append(
                Table.DAILY_SALES,
                id,
                Sample.batch(context.spark(), Table.DAILY_SALES, id, "product_id", "a", "b")
                    .withColumn("sale_date", lit(day)));
    context.progress().done("wrote %,d rows", rows);
    Map<String, Object> commit =
        Map.of("ingest_id", id, "code_version", context.codeVersion(), "accepted", rows);
    context.store().commit(Table.INGESTS, id, Sample.of(context.spark(), Table.INGESTS, commit));
    context.progress().done("committed %s", id);
    return new Result(id, day, rows, false);
  }

  private void failIfTold(JobContext context) {
    switch (fail) {
      case "argument" -> throw new IllegalArgumentException("orders.csv has no column Quantity.");
      case "bug" -> throw new NullPointerException("oops");
      case "task" -> inTask(context, () -> new IllegalArgumentException("line 7 has no date."));
      case "memory" -> inTask(context, () -> new OutOfMemoryError("Java heap space"));
      default -> {}
    }
  }

  private interface Thrown extends Serializable, Supplier<Throwable> {}

  private static void inTask(JobContext context, Thrown thrown) {
    MapFunction<Long, Long> task =
        x -> {
          throw sneaky(thrown.get());
        };
    List<Long> ignored = context.spark().range(1).map(task, Encoders.LONG()).collectAsList();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
