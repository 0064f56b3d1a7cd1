package io.trendflow.examples;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws the products, each from its own random stream. */
final class ProductPlanner {
  /**
   * Share of the products on sale when the history begins; the others launch evenly until its end.
   */
  private static final double ON_SALE_AT_START = 0.45;

  /** Longest time by which the catalogue lists a launch in advance. */
  private static final int UPCOMING_DAYS = 28;

  private static final double DELAYED = 0.1;
  private static final double DISCONTINUED = 0.15;

  /**
   * Share with a known keyword among the products that can have one; about a quarter of all
   * products.
   */
  private static final double KNOWN = 0.42;

  private final RetailSettings settings;

  private ProductPlanner(RetailSettings settings) {
    this.settings = settings;
  }

  static List<ProductPlan> plan(RetailSettings settings) {
    ProductPlanner planner = new ProductPlanner(settings);
    return IntStream.range(0, settings.products()).mapToObj(planner::product).toList();
  }

  private ProductPlan product(int index) {
    RandomDraws draws = RandomDraws.of(settings.seed(), RandomDraws.Stream.PRODUCT, index);
    // A step without a common factor with the capacity visits every motif and noun once.
    int slot = (int) ((index * 1_000_003L) % ShopVocabulary.capacity());
    ProductCategory category =
        ShopVocabulary.CATEGORIES.get(slot % ShopVocabulary.CATEGORIES.size());
    int rest = slot / ShopVocabulary.CATEGORIES.size();
    String noun = category.nouns().get(rest % category.nouns().size());
    String motif = ShopVocabulary.MOTIFS.get(rest / category.nouns().size());
    String colour = draws.pick(ShopVocabulary.COLOURS);
    String material = draws.pick(category.materials());
    LocalDate launch = launch(draws);
    LocalDate onSale =
        isNew(launch) && draws.chance(DELAYED) ? launch.plusDays(draws.between(10, 40)) : launch;
    LocalDate discontinued = discontinued(draws, onSale);
    String keyword = isKnown(draws, onSale, discontinued) ? motif + " " + noun : null;
    return new ProductPlan(
        index,
        "%s-%05d".formatted(noun.substring(0, 3).toUpperCase(Locale.ROOT), index + 1),
        Stream.of(motif, noun, material, colour)
            .map(ProductPlanner::capital)
            .reduce((a, b) -> a + " " + b)
            .orElseThrow(),
        category,
        noun,
        motif,
        draws.pick(ShopVocabulary.BRANDS),
        colour,
        material,
        draws.logNormal(category.price(), 0.35),
        draws.chance(ShopMarket.FR.range)
            ? List.of(ShopMarket.UK, ShopMarket.FR)
            : List.of(ShopMarket.UK),
        launch,
        onSale,
        discontinued,
        keyword,
        keyword == null ? draws.logNormal(0.28, 1.0) : draws.logNormal(0.55, 0.6),
        draws.logNormal(4.2, 0.9));
  }

  private LocalDate launch(RandomDraws draws) {
    return draws.chance(ON_SALE_AT_START)
        ? settings.start().minusDays(draws.between(1, 1000))
        : settings.start().plusDays(draws.between(1, settings.days() - 1 + UPCOMING_DAYS));
  }

  private boolean isNew(LocalDate launch) {
    return !launch.isBefore(settings.start());
  }

  private @Nullable LocalDate discontinued(RandomDraws draws, LocalDate onSale) {
    LocalDate earliest = (isNew(onSale) ? onSale : settings.start()).plusDays(200);
    int room = (int) (settings.lastDay() - earliest.toEpochDay());
    return room > 0 && draws.chance(DISCONTINUED)
        ? earliest.plusDays(draws.between(0, room))
        : null;
  }

  /**
   * Returns whether the product has a known keyword: only a product that is not discontinued and is
   * on sale early enough for a history of rises can have one.
   */
  private boolean isKnown(RandomDraws draws, LocalDate onSale, @Nullable LocalDate discontinued) {
    boolean early = onSale.isBefore(settings.start().plusDays((long) (0.4 * settings.days())));
    return early && discontinued == null && draws.chance(KNOWN);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
