package io.trendflow.jobs;

import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.desc_nulls_last;

import io.trendflow.features.FeatureRows;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.review.ReviewFile;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the trend keywords of each product, for people to correct. */
@Command(
    name = "keywords",
    description = {
      "Writes a file of the trend keywords of each product, for review.",
      "Enter your decisions, yes or no, in its last column and set features.keyword_review to the file."
    })
public final class Keywords implements SparkJob {
  private static final String[] PRODUCT = {"market", "product_id"};

  @Mixin private final AsOf asOf = new AsOf();

  @Option(
      names = "--export",
      required = true,
      paramLabel = "<file.csv>",
      description =
          "File to write, in place of an existing one. It keeps the configured decisions.")
  @SuppressWarnings("NullAway.Init") // picocli sets it or rejects the command line
  private String export;

  /**
   * A written file.
   *
   * @param rows number of rows, one per product and keyword; a product without keywords has one row
   *     too
   * @param decisions number of configured decisions, which the file keeps
   */
  record Result(String export, LocalDate asOf, long rows, int decisions) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Keywords(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, asOf.day(), export);
  }

  static Result run(JobContext context, Optional<LocalDate> day, String export) {
    JobProgress progress = context.progress();
    progress.stages("read the tables", "match products and keywords, write " + export);
    TableSnapshot snapshot = TableSnapshot.of(context);
    LocalDate asOf = day.orElse(snapshot.lastDay());
    int decisions = snapshot.settings().decisions().size();
    progress.done("read %d ingests and %,d decisions", snapshot.ingestIds().size(), decisions);
    FeatureRows features =
        FeatureRows.at(snapshot.tables(), snapshot.calendar(), List.of(asOf), snapshot.settings());
    long rows =
        new ReviewFile(snapshot.settings().decisions())
            .write(
                context.spark().sessionState().newHadoopConf(),
                export,
                toReview(features, context.config().score().lifecycles()).toLocalIterator());
    progress.done("wrote %,d rows", rows);
    return new Result(export, asOf, rows, decisions);
  }

  // The products that will be scored, by baseline units in descending order, so that the reviewers
  // begin where a decision matters most. Launches have baseline units too.
  private static Dataset<Row> toReview(FeatureRows features, List<String> lifecycles) {
    Dataset<Row> matches =
        features
            .productKeywords()
            .select("market", "product_id", "keyword", "confidence", "matched_by")
            .distinct();
    return features
        .rows()
        .filter(col("lifecycle").isin(lifecycles.toArray()))
        .join(matches, PRODUCT, "left")
        .orderBy(
            desc("baseline_units"),
            asc("product_id"),
            asc("market"),
            desc_nulls_last("confidence"),
            asc("keyword"))
        .select(ReviewFile.MATCH.stream().map(functions::col).toArray(Column[]::new));
  }
}
