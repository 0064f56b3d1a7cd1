package io.trendflow.serving.dashboard;

import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.SiteAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Score as text for the pages. */
record ScoreRow(ScoreRecord score, PageLanguage language) {

  /** Returns the product's name, or its id if it has no name. */
  String name() {
    String name = score.name();
    return name == null || name.isBlank() ? score.productId() : name;
  }

  String address() {
    return SiteAddress.product(score.productId(), score.market());
  }

  /** Returns category and brand, as far as they are known. */
  List<ProductGroup> groups() {
    return Stream.of(
            group(ProductGroup.Kind.CATEGORY, score.category()),
            group(ProductGroup.Kind.BRAND, score.brand()))
        .flatMap(Stream::ofNullable)
        .toList();
  }

  private static @Nullable ProductGroup group(ProductGroup.Kind kind, @Nullable String name) {
    return name == null ? null : new ProductGroup(kind, name);
  }

  String lifecycle() {
    return language.value("lifecycle", score.lifecycle());
  }

  /**
   * Returns when a product that has not been sold yet starts or should have started; null for other
   * products.
   */
  @Nullable String launch() {
    LocalDate day = score.launchDate();
    if (day == null) {
      return null;
    }
    return switch (score.lifecycle()) {
      case "launch" -> language.say("launch.ahead", wording().day(day));
      case "delayed" -> language.say("launch.due", wording().day(day));
      default -> null;
    };
  }

  /** Returns the uplift in revenue, or in units if there is no price. */
  String extra() {
    String revenue = upliftRevenue();
    return revenue == null ? language.say("units", upliftUnits()) : revenue;
  }

  String potential() {
    return potential(score.potential(), wording());
  }

  /** Formats a potential, rounded down: 100 would say that no product is above it. */
  static String potential(double potential, LocaleFormat wording) {
    double tenths = Math.floor(10 * potential) / 10;
    return tenths < 99 ? wording.number(Math.floor(tenths)) : wording.measure(tenths);
  }

  String expected() {
    return wording().number(score.expectedUnits());
  }

  String range() {
    return wording().number(score.lowerUnits()) + " – " + wording().number(score.upperUnits());
  }

  String baseline() {
    return wording().number(score.baselineUnits());
  }

  String upliftUnits() {
    return wording().signed(score.upliftUnits());
  }

  boolean falls() {
    return score.upliftUnits() < 0;
  }

  /** Returns the uplift in revenue; null if there is no price. */
  @Nullable String upliftRevenue() {
    Double revenue = score.upliftRevenue();
    return revenue == null ? null : wording().signedMoney(revenue, score.currency());
  }

  /** Returns the growth; null if the baseline is too small for a comparison. */
  @Nullable String growth() {
    Double growth = score.growth();
    return growth == null ? null : wording().signedPercent(growth);
  }

  /** Returns the chance to beat the baseline, in whole percent; null if it is unknown. */
  @Nullable String chance() {
    Double chance = score.chance();
    return chance == null ? null : wording().percent(Math.rint(100 * chance) / 100);
  }

  /** Returns the state in words; null for a score without one. */
  @Nullable String state() {
    String state = score.state();
    return state == null ? null : language.value("state", state.toLowerCase(Locale.ROOT));
  }

  /** Returns the price; null if it is unknown. */
  @Nullable String price() {
    return score.price() == null
        ? null
        : wording().price(score.price().doubleValue(), score.currency());
  }

  /** Returns the main reason; null for a score without reasons. */
  @Nullable ReasonLine reason() {
    return score.reasons().isEmpty()
        ? null
        : ReasonLine.of(score, score.reasons().get(0), language);
  }

  IntervalBar interval() {
    return IntervalBar.of(score, language);
  }

  /** Returns the drawing of the recent weeks; null for a product that sold nothing in them. */
  @Nullable SparklineDrawing weeks() {
    boolean sold = score.recentWeeklyUnits().stream().anyMatch(units -> units > 0);
    return sold ? SparklineDrawing.of(score.recentWeeklyUnits(), "weeks.text", language) : null;
  }

  private LocaleFormat wording() {
    return language.wording();
  }
}
