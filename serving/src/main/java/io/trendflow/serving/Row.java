package io.trendflow.serving;

import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A score as the page's table words it. */
record Row(Score score) {

  /** The name, or the id of a product without one. */
  String name() {
    String name = score.name();
    return name == null || name.isBlank() ? score.productId() : name;
  }

  /** Category and brand, as far as they are known. */
  String kind() {
    return Stream.of(score.category(), score.brand())
        .flatMap(Stream::ofNullable)
        .collect(Collectors.joining(" · "));
  }

  /** When a product that isn't sold yet starts or should have; null for the others. */
  @Nullable String launch() {
    LocalDate day = score.launchDate();
    if (day == null) {
      return null;
    }
    return switch (score.lifecycle()) {
      case "launch" -> "on sale " + Wording.day(day);
      case "delayed" -> "was due " + Wording.day(day);
      default -> null;
    };
  }

  String expected() {
    return Wording.number(score.expectedUnits());
  }

  String range() {
    return Wording.number(score.lowerUnits()) + " – " + Wording.number(score.upperUnits());
  }

  String baseline() {
    return Wording.number(score.baselineUnits());
  }

  String upliftUnits() {
    return Wording.signed(score.upliftUnits());
  }

  /** Null where there is no price. */
  @Nullable String upliftRevenue() {
    Double revenue = score.upliftRevenue();
    return revenue == null ? null : Wording.signedMoney(revenue, score.currency());
  }

  /** Null where the baseline is too small to compare with. */
  @Nullable String growth() {
    Double growth = score.growth();
    return growth == null ? null : Wording.signedPercent(growth);
  }

  IntervalBar interval() {
    return IntervalBar.of(score);
  }

  /** Null for a product that has sold nothing in these weeks. */
  @Nullable Sparkline weeks() {
    boolean sold = score.recentWeeklyUnits().stream().anyMatch(units -> units > 0);
    return sold ? Sparkline.of(score.recentWeeklyUnits()) : null;
  }
}
