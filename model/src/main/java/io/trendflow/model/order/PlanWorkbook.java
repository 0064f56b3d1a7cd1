package io.trendflow.model.order;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Workbook (.xlsx) of proposed orders: a sheet with a row for each order, which ends with the sums,
 * and a sheet with the products that have no order quantity and the columns that they lack.
 */
public final class PlanWorkbook {
  private static final List<Column<PlannedOrder>> ORDERS =
      List.of(
          new Column<>("market", order -> order.candidate().predicted().market()),
          new Column<>("product_id", order -> order.candidate().predicted().productId()),
          new Column<>("name", order -> order.candidate().predicted().name()),
          new Column<>("category", order -> order.candidate().predicted().category()),
          new Column<>("supplier", order -> order.candidate().terms().supplier()),
          new Column<>("order_units", PlannedOrder::units),
          new Column<>("unit_cost", order -> order.candidate().unitCost()),
          new Column<>("order_cost", PlannedOrder::cost),
          new Column<>("expected_profit", PlannedOrder::expectedProfit),
          new Column<>("marginal_value", PlannedOrder::marginalValue),
          new Column<>("stockout_chance", PlannedOrder::stockoutChance),
          new Column<>("cover_days", PlannedOrder::coverDays),
          new Column<>("order_by", PlannedOrder::orderBy),
          new Column<>("on_hand", order -> order.candidate().stock().onHand()),
          new Column<>("on_order", order -> order.candidate().stock().onOrder()),
          new Column<>("currency", order -> order.candidate().terms().currency()));

  private static final List<Column<OrderCandidate>> INCOMPLETE =
      List.of(
          new Column<>("market", candidate -> candidate.predicted().market()),
          new Column<>("product_id", candidate -> candidate.predicted().productId()),
          new Column<>("name", candidate -> candidate.predicted().name()),
          new Column<>("missing", candidate -> String.join(", ", candidate.missing())),
          new Column<>("units_safe80", candidate -> safe(candidate, 0.8)),
          new Column<>("units_safe90", candidate -> safe(candidate, 0.9)));

  private PlanWorkbook() {}

  /**
   * Column of a sheet.
   *
   * @param value text, number or day of a row
   */
  private record Column<R>(String name, Function<R, @Nullable Object> value) {}

  /** Writes the workbook and leaves the stream open. */
  public static void write(OrderProposal proposal, OutputStream out) throws IOException {
    Workbook workbook = new Workbook(out, "TrendFlow", "1.0");
    Worksheet orders = workbook.newWorksheet("Orders");
    sheet(orders, ORDERS, proposal.plan().orders());
    int sums = proposal.plan().orders().size() + 1;
    orders.value(sums, 0, "sum");
    orders.value(sums, column("order_cost"), proposal.plan().cost());
    orders.value(sums, column("expected_profit"), proposal.plan().expectedProfit());
    sheet(workbook.newWorksheet("No quantity"), INCOMPLETE, proposal.incomplete());
    workbook.finish();
  }

  private static int column(String name) {
    return ORDERS.stream().map(Column::name).toList().indexOf(name);
  }

  private static @Nullable Long safe(OrderCandidate candidate, double level) {
    return candidate.isPredicted() ? candidate.safeUnits(level) : null;
  }

  private static <R> void sheet(Worksheet sheet, List<Column<R>> columns, List<R> rows) {
    for (int i = 0; i < columns.size(); i++) {
      sheet.value(0, i, columns.get(i).name());
      sheet.style(0, i).bold().set();
      for (int row = 0; row < rows.size(); row++) {
        cell(sheet, row + 1, i, columns.get(i).value().apply(rows.get(row)));
      }
    }
    sheet.freezePane(0, 1);
  }

  private static void cell(Worksheet sheet, int row, int column, @Nullable Object value) {
    if (value instanceof Number number) {
      sheet.value(row, column, number);
    } else if (value != null) {
      sheet.value(row, column, value.toString());
    }
  }
}
