package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Chooses between the price of a unit and the total of a line by comparing both with the units. */
final class MoneyColumns {
  private static final String PRICE = "unit_price";
  private static final String TOTAL = "revenue";

  /** Relative difference that rounding and rates explain. */
  private static final double TOLERANCE = 0.011;

  private static final double MOST = 0.95;

  private static final List<String> OF_ONE =
      List.of(
          "unit", "unitaire", "einzel", "einzelpreis", "stuck", "stuckpreis", "pu", "each", "per");

  private final LookalikeFiles group;
  private final Map<String, ColumnSample> columns;
  private final List<DraftQuestion> questions = new ArrayList<>();

  private MoneyColumns(LookalikeFiles group, Map<String, ColumnSample> columns) {
    this.group = group;
    this.columns = columns;
  }

  /** Leaves at most one of price and total in the columns, and returns what remains a question. */
  static List<DraftQuestion> choose(LookalikeFiles group, Map<String, ColumnSample> columns) {
    MoneyColumns money = new MoneyColumns(group, columns);
    money.choose();
    return List.copyOf(money.questions);
  }

  private void choose() {
    ColumnSample units = columns.get("units");
    ColumnSample product = columns.get("product_id");
    ColumnSample price = columns.get(PRICE);
    ColumnSample total = columns.get(TOTAL);
    if (units == null || product == null) {
      if (price != null) {
        columns.remove(TOTAL);
      }
      return;
    }
    if (price != null && total != null) {
      both(units, product, price, total);
    } else if (price != null) {
      onlyPrice(product, units, price);
    } else if (total != null) {
      onlyTotal(product, units, total);
    }
    for (String field : List.of(TOTAL, PRICE)) {
      ColumnSample chosen = columns.get(field);
      if (chosen != null) {
        others(field, units, chosen);
      }
    }
  }

  private void both(
      ColumnSample units, ColumnSample product, ColumnSample price, ColumnSample total) {
    double[] counts = units.doubles();
    double[] prices = price.doubles();
    double[] totals = total.doubles();
    long lines = 0;
    long equal = 0;
    long reduced = 0;
    for (int i = 0; i < counts.length; i++) {
      if (Math.abs(counts[i]) > 0 && !Double.isNaN(prices[i]) && !Double.isNaN(totals[i])) {
        double computed = Math.abs(prices[i] * counts[i]);
        double written = Math.abs(totals[i]);
        lines++;
        if (Math.abs(computed - written) <= TOLERANCE * Math.max(computed, 1)) {
          equal++;
        } else if (written < computed) {
          reduced++;
        }
      }
    }
    boolean priceIsTotal = AmountGuess.of(product, units, price).isOfLine();
    if (priceIsTotal || (lines > 0 && equal + reduced >= MOST * lines && 2 * equal >= lines)) {
      columns.remove(PRICE);
      return;
    }
    columns.remove(TOTAL);
    questions.add(
        new DraftQuestion(
            PRICE,
            "units times "
                + quoted(price)
                + " differs from "
                + quoted(total)
                + " in "
                + ColumnSample.share(lines - equal, Math.max(1, lines))
                + " of the records; init took the price. If the total is the money of the line, write revenue: "
                + YamlText.yaml(total.name())
                + " instead"));
    onlyPrice(product, units, price);
  }

  private void onlyPrice(ColumnSample product, ColumnSample units, ColumnSample price) {
    AmountGuess guess = AmountGuess.of(product, units, price);
    if (guess.isOfLine()) {
      columns.remove(PRICE);
      columns.put(TOTAL, price);
      if (NameWords.first(price.name(), OF_ONE).isPresent()) {
        questions.add(
            new DraftQuestion(
                TOTAL,
                quoted(price)
                    + " is named as the price of one unit, but it grows with the units of a line;"
                    + " init took it as the total of the line"));
      }
    } else if (guess.isMixed()) {
      questions.add(
          new DraftQuestion(
              PRICE,
              quoted(price)
                  + " is constant in "
                  + guess.unitVotes()
                  + " records and grows with the units in "
                  + guess.lineVotes()
                  + "; init took it as the price of one unit. If it is the total of the line, write"
                  + " revenue instead of unit_price"));
    }
  }

  private void onlyTotal(ColumnSample product, ColumnSample units, ColumnSample total) {
    AmountGuess guess = AmountGuess.of(product, units, total);
    if (guess.isOfUnit() || guess.isMixed()) {
      questions.add(
          new DraftQuestion(
              TOTAL,
              quoted(total)
                  + " does not grow with the units of a line; init took it as the total of the line."
                  + " If it is the price of one unit, write unit_price instead of revenue"));
    }
  }

  /** Asks which amount is meant if several columns with such names have different sums. */
  private void others(String field, ColumnSample units, ColumnSample chosen) {
    List<String> sums = new ArrayList<>();
    double sum = sum(chosen);
    for (String name :
        FieldNames.columns(
            SourceKind.SALES, field, group.filled().map(ColumnSample::name).toList())) {
      ColumnSample other = group.column(name);
      if (other != null
          && !name.equals(chosen.name())
          && !name.equals(units.name())
          && !name.startsWith("../")
          && other.numbers().isNumber()
          && Math.abs(sum(other) - sum) > TOLERANCE * Math.abs(sum)) {
        sums.add(quoted(other) + String.format(Locale.ROOT, " (%,.2f)", sum(other)));
      }
    }
    if (!sums.isEmpty()) {
      questions.add(
          new DraftQuestion(
              field,
              "several columns could be meant; init took "
                  + quoted(chosen)
                  + String.format(Locale.ROOT, " (%,.2f)", sum)
                  + ". The others are "
                  + String.join(", ", sums)));
    }
  }

  private static double sum(ColumnSample column) {
    double sum = 0;
    for (double number : column.doubles()) {
      sum += Double.isNaN(number) ? 0 : number;
    }
    return sum;
  }

  private static String quoted(ColumnSample column) {
    return YamlText.shortened(column.name());
  }
}
