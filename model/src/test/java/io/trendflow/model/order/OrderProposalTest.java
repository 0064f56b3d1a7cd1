package io.trendflow.model.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderProposalTest {
  @Test
  void severalCurrenciesAreRefused() {
    assertThatThrownBy(
            () -> OrderProposal.of(List.of(priced("GBP", 5.0), priced("EUR", 5.0)), null))
        .hasMessage(
            "the products have amounts in several currencies, EUR in uk and GBP in uk: name one of"
                + " these markets");
    assertThat(OrderProposal.of(List.of(priced("GBP", 5.0)), null).currency()).isEqualTo("GBP");
  }

  @Test
  void productsWithoutAnOrderAreListedWithTheReason() {
    OrderProposal proposal =
        OrderProposal.of(
            List.of(priced("GBP", null), priced("GBP", 12.0), priced("GBP", 5.0)),
            BudgetLimits.of(1000));
    assertThat(proposal.plan().orders()).hasSize(1);
    assertThat(proposal.incomplete()).hasSize(1);
    assertThat(proposal.tooExpensive()).hasSize(1);
  }

  @Test
  void theWorkbookHasTheOrdersAndTheirSums() throws IOException {
    List<OrderCandidate> candidates =
        Stream.concat(
                Candidates.randoms(new Random(5), 40, 20).stream(), Stream.of(priced("GBP", null)))
            .toList();
    OrderProposal proposal = OrderProposal.of(candidates, BudgetLimits.of(500));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PlanWorkbook.write(proposal, out);
    try (ReadableWorkbook workbook =
        new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      List<Row> rows = workbook.getFirstSheet().read();
      List<PlannedOrder> orders = proposal.plan().orders();
      assertThat(rows).hasSize(orders.size() + 2);
      List<String> names =
          rows.get(0).stream().map(cell -> cell.getText()).collect(Collectors.toList());
      for (int i = 0; i < orders.size(); i++) {
        Row row = rows.get(i + 1);
        assertThat(row.getCellText(names.indexOf("product_id")))
            .isEqualTo(orders.get(i).candidate().predicted().productId());
        assertThat(row.getCellAsNumber(names.indexOf("order_units")).orElseThrow().longValue())
            .isEqualTo(orders.get(i).units());
        assertThat(row.getCellAsNumber(names.indexOf("order_cost")).orElseThrow().doubleValue())
            .isEqualTo(orders.get(i).cost());
      }
      Row sums = rows.get(orders.size() + 1);
      assertThat(sums.getCellAsNumber(names.indexOf("expected_profit")).orElseThrow().doubleValue())
          .isEqualTo(proposal.plan().expectedProfit());
      List<Row> incomplete = workbook.getSheet(1).orElseThrow().read();
      assertThat(incomplete).hasSize(2);
      assertThat(incomplete.get(1).getCellText(3)).isEqualTo("unit_cost");
    }
  }

  private static OrderCandidate priced(String currency, @Nullable Double cost) {
    return OrderCandidate.of(
        Candidates.predicted("p", null, 28, 10, 14, 20, 28, 36, 48, 56),
        new OrderTerms(10.0, currency, cost, null, null, null, null, null),
        StockPosition.UNKNOWN,
        Candidates.PLAIN);
  }
}
