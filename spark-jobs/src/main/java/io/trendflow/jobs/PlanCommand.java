package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.RecordJson;
import io.trendflow.jobs.plan.PlanInputs;
import io.trendflow.jobs.plan.PlanTables;
import io.trendflow.model.order.BudgetLimits;
import io.trendflow.model.order.DecideSettings;
import io.trendflow.model.order.OrderCandidate;
import io.trendflow.model.order.OrderProposal;
import io.trendflow.model.order.PlanWorkbook;
import io.trendflow.schemas.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proposes what to order from the latest run, within a budget. */
@Command(
    name = "plan",
    description = {
      "Proposes what to order from the latest run: for each product the quantity with the highest",
      "expected profit, or within a budget the orders whose profits add up to the most."
    })
public final class PlanCommand implements SparkJob {
  @Option(
      names = "--budget",
      paramLabel = "<money>",
      description = "Money that the orders may cost, in the market's currency.")
  private @Nullable Double budget;

  @Option(names = "--market", paramLabel = "<market>", description = "Only this market.")
  private @Nullable String market;

  @Option(names = "--supplier", paramLabel = "<supplier>", description = "Only this supplier.")
  private @Nullable String supplier;

  @Option(
      names = "--supplier-minimum",
      paramLabel = "<supplier=money>",
      description = "Lowest cost of all orders from a supplier that has any. Repeatable.")
  private Map<String, Double> minimums = new TreeMap<>();

  @Option(
      names = "--category-cap",
      paramLabel = "<category=money>",
      description = "Highest cost of all orders of a category. Repeatable.")
  private Map<String, Double> caps = new TreeMap<>();

  @Option(
      names = "--out",
      paramLabel = "<file.xlsx>",
      description = "Workbook to write, in place of an existing one.")
  private @Nullable String out;

  /**
   * Limits of a plan.
   *
   * @param budget null if it does not matter
   */
  record Limits(
      @Nullable String market,
      @Nullable String supplier,
      @Nullable Double budget,
      Map<String, Double> supplierMinimums,
      Map<String, Double> categoryCaps) {
    @Nullable BudgetLimits budgetLimits() {
      return budget == null && supplierMinimums.isEmpty() && categoryCaps.isEmpty()
          ? null
          : new BudgetLimits(
              budget == null ? Double.POSITIVE_INFINITY : budget, supplierMinimums, categoryCaps);
    }
  }

  /** Settings and limits that a plan keeps. */
  private record KeptSettings(
      DecideSettings decide,
      Map<String, Double> supplierMinimums,
      Map<String, Double> categoryCaps) {}

  /**
   * A made plan.
   *
   * @param alreadyDone whether the same plan was made before, so that only the workbook was written
   * @param incompleteProducts number of products without an order quantity
   */
  record Result(
      String planId,
      boolean alreadyDone,
      String runId,
      int orders,
      double orderCost,
      double expectedProfit,
      int incompleteProducts) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new PlanCommand(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, new Limits(market, supplier, budget, minimums, caps), out, options.force);
  }

  static Result run(JobContext context, Limits limits, @Nullable String out, boolean force) {
    context.progress().stages("read the latest run", "plan", "write " + Table.ORDERS);
    BudgetLimits within = limits.budgetLimits();
    Row run =
        PreviousRun.latest(context)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Store %s has no run: run score first."
                            .formatted(context.config().store().name())));
    String runId = run.getAs("run_id");
    List<OrderCandidate> candidates =
        new PlanInputs(context, run).candidates(limits.market(), limits.supplier());
    context.progress().done("read %,d products of run %s", candidates.size(), runId);
    OrderProposal proposal = propose(candidates, within);
    context
        .progress()
        .done(
            "%s",
            String.format(
                Locale.ENGLISH,
                "%,d orders cost %,.2f %s and have an expected profit of %,.2f",
                proposal.plan().orders().size(),
                proposal.plan().cost(),
                proposal.currency(),
                proposal.plan().expectedProfit()));
    note(context, proposal);
    DecideSettings decide = context.config().decide();
    BatchId attempt =
        BatchId.of(context.store(), Table.PLANS, force, runId, List.of(limits, decide));
    if (!attempt.done()) {
      String settings =
          RecordJson.line(
              new KeptSettings(decide, limits.supplierMinimums(), limits.categoryCaps()));
      new PlanTables(attempt.id(), run, limits.market(), limits.supplier(), settings)
          .write(context, proposal);
    }
    if (out != null) {
      write(context, proposal, out);
    }
    context.progress().done("plan %s%s", attempt.id(), out == null ? "" : " is in " + out);
    return new Result(
        attempt.id(),
        attempt.done(),
        runId,
        proposal.plan().orders().size(),
        proposal.plan().cost(),
        proposal.plan().expectedProfit(),
        proposal.incomplete().size());
  }

  private static OrderProposal propose(
      List<OrderCandidate> candidates, @Nullable BudgetLimits limits) {
    try {
      return OrderProposal.of(candidates, limits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--market is missing: " + e.getMessage() + ".", e);
    }
  }

  private static void note(JobContext context, OrderProposal proposal) {
    if (!proposal.incomplete().isEmpty()) {
      context
          .progress()
          .note(
              "%,d products have no order quantity: map %s in a source of kind catalog",
              proposal.incomplete().size(),
              String.join(
                  " and ",
                  proposal.incomplete().stream()
                      .flatMap(candidate -> candidate.missing().stream())
                      .distinct()
                      .toList()));
    }
    if (!proposal.tooExpensive().isEmpty()) {
      context
          .progress()
          .note(
              "%,d products are not ordered, because their unit_cost is not below their price, such"
                  + " as %s",
              proposal.tooExpensive().size(),
              proposal.tooExpensive().get(0).predicted().productId());
    }
  }

  private static void write(JobContext context, OrderProposal proposal, String out) {
    Path path = new Path(out);
    try (OutputStream file =
        path.getFileSystem(context.spark().sessionState().newHadoopConf()).create(path, true)) {
      PlanWorkbook.write(proposal, file);
    } catch (IOException e) {
      throw new UncheckedIOException("--out is " + out + ", which can't be written", e);
    }
  }
}
