package io.trendflow.ingestion.init;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Guess whether an amount is the price of one unit or the total of its line: the price of a product
 * stays the same when more units are sold, and a total grows with them.
 *
 * @param unitVotes number of lines whose amount is that of one unit
 * @param lineVotes number of lines whose amount grows with the units
 */
record AmountGuess(long unitVotes, long lineVotes) {
  private static final double CLEAR = 0.9;
  private static final long ENOUGH = 3;

  /** Compares the amounts of each product's lines with different numbers of units. */
  static AmountGuess of(ColumnSample product, ColumnSample units, ColumnSample amount) {
    double[] counts = units.doubles();
    double[] amounts = amount.doubles();
    Map<String, TreeMap<Double, List<Double>>> products = new HashMap<>();
    for (int i = 0; i < counts.length; i++) {
      double count = Math.abs(counts[i]);
      double money = Math.abs(amounts[i]);
      if (count > 0 && money > 0 && !product.texts().get(i).isEmpty()) {
        products
            .computeIfAbsent(product.texts().get(i), key -> new TreeMap<>())
            .computeIfAbsent(count, key -> new ArrayList<>())
            .add(money);
      }
    }
    long ofUnit = 0;
    long ofLine = 0;
    for (TreeMap<Double, List<Double>> own : products.values()) {
      double fewest = own.firstKey();
      double base = median(own.firstEntry().getValue());
      for (Map.Entry<Double, List<Double>> entry : own.tailMap(fewest, false).entrySet()) {
        double growth = Math.log(entry.getKey() / fewest);
        double found = Math.log(median(entry.getValue()) / base);
        if (Math.abs(found) < growth / 4) {
          ofUnit += entry.getValue().size();
        } else if (Math.abs(found - growth) < growth / 4) {
          ofLine += entry.getValue().size();
        }
      }
    }
    return new AmountGuess(ofUnit, ofLine);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  boolean isOfLine() {
    return lineVotes >= ENOUGH && lineVotes >= CLEAR * (unitVotes + lineVotes);
  }

  boolean isOfUnit() {
    return unitVotes >= ENOUGH && unitVotes >= CLEAR * (unitVotes + lineVotes);
  }

  /** Returns whether the lines contradict each other. */
  boolean isMixed() {
    return unitVotes + lineVotes >= ENOUGH && !isOfLine() && !isOfUnit();
  }
}
