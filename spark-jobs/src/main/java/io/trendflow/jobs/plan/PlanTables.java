package io.trendflow.jobs.plan;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.store.CommitRow;
import io.trendflow.jobs.store.SparkSchemas;
import io.trendflow.model.order.OrderCandidate;
import io.trendflow.model.order.OrderProposal;
import io.trendflow.model.order.PlannedOrder;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan and its orders.
 *
 * @param run row of {@code prediction.runs}
 * @param market only market; null for all
 * @param supplier only supplier; null for all
 * @param settings settings and further limits, as JSON
 */
public record PlanTables(
    String planId, Row run, @Nullable String market, @Nullable String supplier, String settings) {

  /** Writes the orders, then the row that commits them. */
  public void write(JobContext context, OrderProposal proposal) {
    Instant now = context.clock().instant();
    List<Row> orders = proposal.plan().orders().stream().map(order -> order(order, now)).toList();
    var unused =
        context
            .store()
            .append(
                Table.ORDERS,
                planId,
                context.spark().createDataFrame(orders, SparkSchemas.of(Table.ORDERS)));
    context
        .store()
        .commit(
            Table.PLANS,
            planId,
            CommitRow.of(context.spark(), Table.PLANS, plan(context, proposal, now)));
  }

  private Map<String, @Nullable Object> plan(
      JobContext context, OrderProposal proposal, Instant now) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("plan_id", planId);
    row.put("made_on", day(now));
    row.put("made_at", now);
    row.put("run_id", run.getAs("run_id"));
    row.put("as_of", run.getAs("as_of"));
    row.put("market", market);
    row.put("supplier", supplier);
    row.put("currency", proposal.currency());
    row.put("budget", proposal.budget());
    row.put("orders", (long) proposal.plan().orders().size());
    row.put("order_cost", proposal.plan().cost());
    row.put("expected_profit", proposal.plan().expectedProfit());
    row.put("gap", proposal.plan().gap());
    row.put("incomplete_products", (long) proposal.incomplete().size());
    row.put("settings", settings);
    row.put("code_version", context.codeVersion());
    return row;
  }

  /** Returns the row of an order, in the order of the contract's columns. */
  private Row order(PlannedOrder order, Instant now) {
    OrderCandidate candidate = order.candidate();
    return RowFactory.create(
        planId,
        day(now),
        now,
        run.getAs("run_id"),
        candidate.predicted().market(),
        candidate.predicted().productId(),
        candidate.terms().supplier(),
        candidate.terms().currency(),
        candidate.unitCost(),
        candidate.isCostAssumed(),
        order.units(),
        order.cost(),
        order.expectedProfit(),
        order.marginalValue(),
        order.stockoutChance(),
        order.coverDays(),
        order.orderBy(),
        candidate.stock().onHand(),
        candidate.stock().onOrder());
  }

  private static LocalDate day(Instant now) {
    return now.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
