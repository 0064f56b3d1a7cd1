package io.trendflow.serving.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.serving.web.UsualProblems;

/** Route of proposed orders. */
@Controller("/api/v1/orders")
@UsualProblems
@Tag(name = "orders")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OrdersController {
  private final OrderProposals proposals;

  OrdersController(OrderProposals proposals) {
    this.proposals = proposals;
  }

  /**
   * Returns proposed orders: for each product the quantity with the highest expected profit, or
   * within a budget the orders whose profits add up to the most. An order covers the lead time and
   * the review period of the catalogue and the settings, or the horizon if the lead time is
   * unknown. Products without a price or a cost are listed with the units that would be safe.
   */
  @Operation(operationId = "proposeOrders")
  @Get
  OrderAnswer orders(@RequestBean OrderQuery query) {
    return OrderAnswer.of(CallerView.of(query.request()), proposals.propose(query));
  }
}
