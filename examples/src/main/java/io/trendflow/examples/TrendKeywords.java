package io.trendflow.examples;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Creates the declared keywords, each with its decoys. */
final class TrendKeywords {
  static final int DECOYS = 3;

  /** Least distance of a decoy's bump from the bumps of the keyword that it resembles. */
  private static final int APART_DAYS = 28;

  /** Number of tries before a decoy gets a second word. */
  private static final int TRIES = 50;

  private final RetailSettings settings;
  private final Set<String> used = new HashSet<>();

  private TrendKeywords(RetailSettings settings) {
    this.settings = settings;
  }

  static List<TrendKeyword> plan(
      RetailSettings settings, List<ProductPlan> products, List<PlantedRise> rises) {
    TrendKeywords plan = new TrendKeywords(settings);
    List<TrendKeyword> keywords = new ArrayList<>();
    products.stream()
        .filter(product -> product.keyword() != null)
        .forEach(
            product -> {
              List<PlantedRise> own = rises.stream().filter(rise -> rise.isOf(product)).toList();
              TrendKeyword declared = plan.declared(product, own);
              keywords.add(declared);
              for (int number = 1; number <= DECOYS; number++) {
                keywords.add(plan.decoy(product, declared, number));
              }
            });
    return keywords;
  }

  private TrendKeyword declared(ProductPlan product, List<PlantedRise> rises) {
    RandomDraws draws = draws(index(product, 0));
    List<DemandPulse> pulses = rises.stream().map(rise -> rise.interest(draws)).toList();
    String keyword = Objects.requireNonNull(product.keyword());
    return new TrendKeyword(keyword, index(product, 0), product.category(), pulses, keyword);
  }

  private TrendKeyword decoy(ProductPlan product, TrendKeyword declared, int number) {
    RandomDraws draws = draws(index(product, number));
    long latest = settings.lastDay() + 20 - draws.between(0, 300);
    List<DemandPulse> pulses =
        RiseSchedule.startsBefore(latest, settings.firstDay(), draws).stream()
            .filter(
                start ->
                    declared.pulses().stream()
                        .allMatch(p -> Math.abs(p.start() - start) >= APART_DAYS))
            .map(start -> PlantedRise.interest(start, draws))
            .toList();
    String keyword = freshWords(product, draws);
    return new TrendKeyword(
        keyword, index(product, number), product.category(), pulses, declared.keyword());
  }

  private String freshWords(ProductPlan product, RandomDraws draws) {
    for (int tries = 0; ; tries++) {
      String words =
          draws.chance(0.3)
              ? draws.pick(ShopVocabulary.DECOY_STYLES) + " " + product.noun()
              : product.motif() + " " + draws.pick(ShopVocabulary.DECOY_TOPICS);
      String longer = tries < TRIES ? words : words + " " + draws.pick(ShopVocabulary.DECOY_TOPICS);
      if (used.add(longer)) {
        return longer;
      }
    }
  }

  private static long index(ProductPlan product, int number) {
    return (long) product.index() * (DECOYS + 1) + number;
  }

  private RandomDraws draws(long index) {
    return RandomDraws.of(settings.seed(), RandomDraws.Stream.DECOY, index);
  }
}
