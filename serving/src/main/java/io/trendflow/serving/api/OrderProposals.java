package io.trendflow.serving.api;

import io.trendflow.model.UnitQuantiles;
import io.trendflow.model.order.DecideSettings;
import io.trendflow.model.order.FurtherHorizon;
import io.trendflow.model.order.OrderCandidate;
import io.trendflow.model.order.OrderProposal;
import io.trendflow.model.order.OrderTerms;
import io.trendflow.model.order.PredictedDemand;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.QueryParameters;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proposes orders of the products that a caller may see. */
@Singleton
public final class OrderProposals {
  private final DecideSettings settings;

  OrderProposals(OrderSettings settings) {
    this.settings = settings.decide();
  }

  /**
   * Returns the proposal of the latest run.
   *
   * @throws io.trendflow.serving.web.ProblemException if a parameter is not valid, no product is of
   *     the supplier, or the products have amounts in several currencies
   */
  public OrderProposal propose(OrderQuery query) {
    CallerView view = CallerView.of(query.request());
    List<OrderCandidate> candidates = candidates(view, query);
    String supplier = query.onlySupplier();
    if (supplier != null && candidates.isEmpty() && query.category() == null) {
      throw QueryParameters.refused(
          "supplier",
          "No product is of supplier '%s': use a supplier of the catalogue, or leave it out."
              .formatted(supplier));
    }
    try {
      return OrderProposal.of(candidates, query.limits());
    } catch (IllegalArgumentException e) {
      throw QueryParameters.refused(
          "market", "Parameter 'market' is missing: " + e.getMessage() + ".");
    }
  }

  private List<OrderCandidate> candidates(CallerView view, OrderQuery query) {
    String supplier = query.onlySupplier();
    List<OrderCandidate> candidates = new ArrayList<>();
    for (ScoreRecord score : view.select(query.filters(view), ScoreSort.POTENTIAL)) {
      OrderCandidate candidate = candidate(view, score);
      if (supplier == null || supplier.equals(candidate.terms().supplier())) {
        candidates.add(candidate);
      }
    }
    return candidates;
  }

  /** Returns a product as it can be ordered. */
  public OrderCandidate candidate(CallerView view, ScoreRecord score) {
    return OrderCandidate.of(
        predicted(score), terms(score, view.entry(score)), view.stock(score), settings);
  }

  private static PredictedDemand predicted(ScoreRecord score) {
    List<@Nullable Double> units =
        Arrays.asList(
            score.unitsQ05(),
            score.unitsQ10(),
            score.unitsQ25(),
            score.unitsQ50(),
            score.unitsQ75(),
            score.unitsQ90(),
            score.unitsQ95());
    return new PredictedDemand(
        score.market(),
        score.productId(),
        score.name(),
        score.category(),
        score.asOf(),
        score.horizonStart(),
        Math.toIntExact(score.horizonDays()),
        score.expectedUnits(),
        UnitQuantiles.ofKnown(units),
        score.weeklyUnits(),
        score.furtherHorizons().stream().map(OrderProposals::further).toList());
  }

  private static FurtherHorizon further(ScoreRecord.FurtherHorizon further) {
    return new FurtherHorizon(
        Math.toIntExact(further.horizonDays()),
        further.expectedUnits(),
        new UnitQuantiles(
            List.of(
                further.unitsQ05(),
                further.unitsQ10(),
                further.unitsQ25(),
                further.unitsQ50(),
                further.unitsQ75(),
                further.unitsQ90(),
                further.unitsQ95())));
  }

  private static OrderTerms terms(ScoreRecord score, @Nullable CatalogRecord entry) {
    return new OrderTerms(
        amount(score.price()),
        score.currency(),
        entry == null ? null : amount(entry.unitCost()),
        entry == null ? null : entry.salvageRate(),
        entry == null ? null : entry.leadTimeDays(),
        entry == null ? null : entry.moq(),
        entry == null ? null : entry.packSize(),
        entry == null ? null : entry.supplier());
  }

  private static @Nullable Double amount(@Nullable BigDecimal amount) {
    return amount == null ? null : amount.doubleValue();
  }
}
