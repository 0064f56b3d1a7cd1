package io.trendflow.ingestion.init;

import io.trendflow.ingestion.clean.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Forms in which most texts of a column are numbers: none, one, or two that differ in the meaning
 * of comma and point.
 *
 * @param forms possible forms
 * @param odd number of texts that are not numbers
 * @param examples some different texts that are not numbers
 * @param points number of texts that show that the point is the decimal separator
 * @param commas number of texts that show that the comma is the decimal separator
 * @param unclear a text whose meaning depends on the form; empty if there is none
 */
record NumberGuess(
    List<NumberForm> forms,
    long odd,
    List<String> examples,
    long points,
    long commas,
    String unclear) {
  private static final int EXAMPLES = 3;
  private static final int POINTS = bits(".");
  private static final int COMMAS = bits(",");

  /** Digits that all forms read in the same way. */
  private static final int SAME = (1 << NumberForm.ALL.size()) - 1;

  private static int bits(String decimal) {
    int bits = 0;
    for (int i = 0; i < NumberForm.ALL.size(); i++) {
      bits |= NumberForm.ALL.get(i).decimal().equals(decimal) ? 1 << i : 0;
    }
    return bits;
  }

  /**
   * Guesses the forms of texts.
   *
   * @param share share of the texts that must be numbers
   * @param decimal decimal separator of the other columns; null if they do not show it
   */
  static NumberGuess of(List<String> texts, double share, @Nullable String decimal) {
    Map<String, Long> counts = new LinkedHashMap<>();
    texts.forEach(text -> counts.merge(text, 1L, Long::sum));
    String symbol = symbol(counts);
    long[] fits = new long[NumberForm.ALL.size()];
    long odd = 0;
    long points = 0;
    long commas = 0;
    String unclear = "";
    List<String> examples = new ArrayList<>();
    for (Map.Entry<String, Long> text : counts.entrySet()) {
      int fitting = NumberForm.fitting(NumberText.digits(text.getKey(), symbol));
      if (fitting == 0) {
        odd += text.getValue();
        if (examples.size() < EXAMPLES) {
          examples.add(YamlText.shortened(text.getKey()));
        }
      }
      for (int i = 0; i < fits.length; i++) {
        fits[i] += (fitting & (1 << i)) != 0 ? text.getValue() : 0;
      }
      boolean point = (fitting & POINTS) != 0;
      boolean comma = (fitting & COMMAS) != 0;
      points += point && !comma ? text.getValue() : 0;
      commas += comma && !point ? text.getValue() : 0;
      if (unclear.isEmpty() && point && comma && fitting != SAME && isUnclear(fitting)) {
        unclear = text.getKey();
      }
    }
    List<NumberForm> fitting = fitting(fits, share * texts.size(), symbol);
    List<NumberForm> forms = chosen(fitting, points, commas, !unclear.isEmpty(), decimal);
    return new NumberGuess(forms, odd, List.copyOf(examples), points, commas, unclear);
  }

  /** Returns the forms that enough texts have, those of the most texts first. */
  private static List<NumberForm> fitting(long[] fits, double enough, @Nullable String symbol) {
    return IntStream.range(0, fits.length)
        .filter(i -> fits[i] > 0 && fits[i] >= enough)
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> fits[i]).reversed())
        .map(i -> NumberForm.ALL.get(i).with(symbol))
        .toList();
  }

  /** Returns whether forms give different numbers: a blank or an apostrophe groups in either. */
  private static boolean isUnclear(int fitting) {
    // The first form with a point reads 3.000 as three, the first with a comma reads 3,000 as
    // three.
    return ((fitting & 1) != 0) != ((fitting & (1 << 2)) != 0);
  }

  private static List<NumberForm> chosen(
      List<NumberForm> fitting,
      long points,
      long commas,
      boolean unclear,
      @Nullable String decimal) {
    String shown = points > 0 && commas == 0 ? "." : commas > 0 && points == 0 ? "," : null;
    if (shown == null && points + commas > 0) {
      // Both are shown: a few texts of the other form are defects, more are a question.
      double larger = Math.max(points, commas);
      shown =
          larger < NumberForm.NEARLY_ALL * (points + commas) ? null : points > commas ? "." : ",";
      return shown == null ? either(fitting) : first(fitting, shown);
    }
    if (shown == null && !unclear) {
      return fitting.isEmpty() ? List.of() : List.of(fitting.get(0));
    }
    String known = shown == null ? decimal : shown;
    return known == null ? either(fitting) : first(fitting, known);
  }

  private static List<NumberForm> either(List<NumberForm> fitting) {
    List<NumberForm> both = new ArrayList<>(first(fitting, "."));
    both.addAll(first(fitting, ","));
    return List.copyOf(both);
  }

  private static List<NumberForm> first(List<NumberForm> fitting, String decimal) {
    return fitting.stream().filter(form -> form.decimal().equals(decimal)).limit(1).toList();
  }

  /** Returns the only currency sign or code beside the texts; null if there are none or several. */
  private static @Nullable String symbol(Map<String, Long> texts) {
    Map<String, Long> symbols = new HashMap<>();
    texts
        .keySet()
        .forEach(
            text ->
                NumberText.symbol(text).ifPresent(found -> symbols.merge(found, 1L, Long::sum)));
    return symbols.size() == 1 ? symbols.keySet().iterator().next() : null;
  }

  boolean isNumber() {
    return !forms.isEmpty();
  }

  /** Returns whether it is open whether commas or points are decimal separators. */
  boolean isOpen() {
    return forms.size() > 1;
  }
}
