package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.History;
import io.trendflow.serving.api.Product;
import io.trendflow.serving.api.Similar;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.ReasonRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.SiteAddress;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of a product in a market.
 *
 * @param everywhere the product in each market that knows it
 * @param product the one that is shown
 * @param history null where it can't be read
 */
record ProductPage(
    List<Product> everywhere,
    Product product,
    @Nullable History history,
    List<Similar> similar,
    Run run,
    PageLanguage language) {

  /**
   * A reason in words.
   *
   * @param effect on the units, with its sign
   */
  record Why(String fact, String effect, boolean falls, DrawnBar bar) {}

  /** What a run said, as words and as numbers. */
  record Said(LocalDate asOf, double expected, double baseline, double potential) {}

  /** The score in words; null for a product that is not scored. */
  @Nullable ScoreRow row() {
    ScoreRecord score = product.score();
    return score == null ? null : new ScoreRow(score, language);
  }

  String name() {
    CatalogRecord entry = product.catalog();
    ScoreRow row = row();
    if (row != null) {
      return row.name();
    }
    return entry == null || entry.name() == null ? product.productId() : entry.name();
  }

  String lifecycle() {
    return language.value("lifecycle", lifecycleCode());
  }

  String lifecycleCode() {
    return Objects.toString(product.lifecycle(), "unknown");
  }

  /** Why there is no score. */
  String unscored() {
    return language.value("unscored", lifecycleCode());
  }

  String address(Product other) {
    return SiteAddress.product(other.productId(), other.market());
  }

  boolean shows(Product other) {
    return Objects.equals(other.market(), product.market());
  }

  /** The days that are predicted; null without a score. */
  @Nullable String period() {
    ScoreRecord score = product.score();
    return score == null ? null : wording().days(score.horizonStart(), lastDay(score));
  }

  private static LocalDate lastDay(ScoreRecord score) {
    return score.horizonStart().plusDays(score.horizonDays() - 1);
  }

  /** The reasons, the one that contributes most first. */
  List<Why> reasons() {
    ScoreRecord score = product.score();
    List<ReasonRecord> reasons = score == null ? List.of() : score.reasons();
    double least = reasons.stream().mapToDouble(ReasonRecord::contribution).min().orElse(0);
    double most = reasons.stream().mapToDouble(ReasonRecord::contribution).max().orElse(0);
    return reasons.stream()
        .map(
            reason ->
                new Why(
                    language.reasons().fact(reason),
                    wording().signedPercent(reason.effect() / 100),
                    reason.contribution() < 0,
                    DrawnBar.of(reason.contribution(), least, most)))
        .toList();
  }

  /** The weeks of sales and trends beside each other. */
  @Nullable WeekTable weeks() {
    return history == null ? null : WeekTable.of(history, run.lastSalesDay());
  }

  /** What the runs said, oldest first, this one last. */
  List<Said> said() {
    ScoreRecord score = product.score();
    if (score == null) {
      return List.of();
    }
    Stream<Said> past =
        product.history().stream()
            .map(p -> new Said(p.asOf(), p.expectedUnits(), p.baselineUnits(), p.potential()));
    return Stream.concat(
            past,
            Stream.of(
                new Said(
                    score.asOf(), score.expectedUnits(), score.baselineUnits(), score.potential())))
        .toList();
  }

  /** What the catalogue tells of it. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    CatalogRecord entry = product.catalog();
    if (entry == null) {
      return facts;
    }
    put(facts, "fact.category", entry.category());
    put(facts, "fact.brand", entry.brand());
    if (entry.price() != null) {
      facts.put(
          language.say("fact.price"),
          wording().price(entry.price().doubleValue(), entry.currency()));
    }
    put(facts, "fact.launch", day(entry.launchDate()));
    put(facts, "fact.discontinued", day(entry.discontinuedOn()));
    if (entry.inStock() != null) {
      facts.put(language.say("fact.stock"), language.say(entry.inStock() ? "yes" : "no"));
    }
    entry.attributes().forEach(attribute -> facts.put(attribute.name(), attribute.value()));
    put(facts, "fact.keywords", String.join(", ", entry.keywords()));
    return facts;
  }

  private void put(Map<String, String> facts, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.put(language.say(key), value);
    }
  }

  private @Nullable String day(@Nullable LocalDate day) {
    return day == null ? null : wording().day(day);
  }

  /** The currency of the market; null where neither the run nor the catalogue has it. */
  @Nullable String currency() {
    ScoreRecord score = product.score();
    if (score != null) {
      return score.currency();
    }
    return product.catalog() == null ? null : product.catalog().currency();
  }

  List<ScoreRow> similarRows() {
    return similar.stream().map(s -> new ScoreRow(s.score(), language)).toList();
  }

  /** What the chart of the weeks shades: attributes of its table. */
  Map<String, String> horizon() {
    ScoreRecord score = product.score();
    if (score == null) {
      return Map.of();
    }
    double weeks = score.horizonDays() / 7.0;
    return Map.of(
        "data-from", score.horizonStart().toString(),
        "data-to", lastDay(score).toString(),
        "data-expected", String.valueOf(score.expectedUnits() / weeks),
        "data-lower", String.valueOf(score.lowerUnits() / weeks),
        "data-upper", String.valueOf(score.upperUnits() / weeks),
        "data-baseline", String.valueOf(score.baselineUnits() / weeks));
  }

  private LocaleFormat wording() {
    return language.wording();
  }
}
