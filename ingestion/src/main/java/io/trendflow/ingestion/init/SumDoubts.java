package io.trendflow.ingestion.init;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Questions about columns that a source of sales does not use and that would change its sums. */
final class SumDoubts {
  private static final List<String> DISCOUNTS =
      List.of(
          "discount", "rabatt", "remise", "reduction", "nachlass", "descuento", "sconto", "rebate");

  private static final List<String> RETURNS =
      List.of(
          "refund", "return", "retour", "cancel", "annul", "storn", "rembours", "devuel", "reso");

  /** Share of negative units above which they may be sales with the sign of an account. */
  private static final double MANY = 0.3;

  private final LookalikeFiles group;
  private final ColumnMapping mapping;
  private final List<DraftQuestion> questions = new ArrayList<>();

  private SumDoubts(LookalikeFiles group, ColumnMapping mapping) {
    this.group = group;
    this.mapping = mapping;
  }

  static List<DraftQuestion> of(LookalikeFiles group, ColumnMapping mapping) {
    SumDoubts doubts = new SumDoubts(group, mapping);
    doubts.negative();
    doubts.unused();
    return List.copyOf(doubts.questions);
  }

  private void negative() {
    ColumnSample units = mapping.columns().get("units");
    long negative = units == null ? 0 : units.count(number -> number < 0);
    if (units != null && negative > MANY * units.values().size()) {
      questions.add(
          new DraftQuestion(
              "units",
              ColumnSample.share(negative, units.values().size())
                  + " of "
                  + YamlText.shortened(units.name())
                  + " are negative, and init counts them as returns. If they are sales, write them"
                  + " without the sign"));
    }
  }

  private void unused() {
    Set<String> used =
        mapping.used().values().stream().map(ColumnSample::name).collect(Collectors.toSet());
    boolean priced = mapping.columns().containsKey("unit_price");
    group
        .filled()
        .filter(column -> !used.contains(column.name()) && !column.name().startsWith("../"))
        .forEach(
            column -> {
              if (priced && NameWords.first(column.name(), DISCOUNTS).isPresent()) {
                ask("revenue", column, "a discount, which init does not subtract from the price");
              } else if (NameWords.first(column.name(), RETURNS).isPresent()
                  && !column.dates(false).isDate()) {
                ask("units", column, "returns or refunds, which init does not subtract");
              }
            });
  }

  private void ask(String field, ColumnSample column, String meaning) {
    double[] numbers = numbers(column);
    long some = Arrays.stream(numbers).filter(number -> Math.abs(number) > 0).count();
    if (some > 0) {
      questions.add(
          new DraftQuestion(
              field,
              "column "
                  + YamlText.shortened(column.name())
                  + " sounds like "
                  + meaning
                  + "; it is not zero in "
                  + String.format(Locale.ROOT, "%,d", some)
                  + " of "
                  + String.format(Locale.ROOT, "%,d", numbers.length)
                  + " records"));
    }
  }

  private static double[] numbers(ColumnSample column) {
    List<String> texts =
        column.texts().stream().map(text -> text.replaceAll("[ \u00a0]*%$", "")).toList();
    return new ColumnSample(column.name(), texts, column.decimal()).doubles();
  }
}
