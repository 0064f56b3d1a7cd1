package io.trendflow.features;

import java.util.stream.Stream;

/**
 * Stems English and French singulars and plurals to one form, which need not be a word: dress and
 * dresses to "dress", hoodie, hoody and hoodies to "hoodi", bijou and bijoux to "bijou". The form
 * is used only for comparison: the same rule on both sides makes a wrong stem harmless.
 */
final class PluralStemmer {
  /**
   * Length from which words are stemmed; shorter words (gas, bus, XS) are too easily mistaken for
   * plurals.
   */
  private static final int SHORTEST = 4;

  private PluralStemmer() {}

  static String tolerant(String word) {
    return isShort(word) ? word : commonEnding(withoutPlural(word));
  }

  /**
   * Removes a plural ending: bijoux to bijou, animaux to animal, mugs to mug, dresses to dresse;
   * glass stays.
   */
  private static String withoutPlural(String word) {
    if (endsWith(word, "eaux", "eux", "oux")) {
      return without(1, word);
    }
    if (word.endsWith("aux")) {
      return without(2, word) + "l";
    }
    return word.endsWith("s") && !word.endsWith("ss") ? without(1, word) : word;
  }

  /**
   * Replaces an ending that only the singular or the plural has: dresse to dress, berry to berri,
   * scarve to scarf.
   */
  private static String commonEnding(String word) {
    if (isShort(word)) {
      return word;
    }
    if (endsWith(word, "sse", "xe", "che", "she", "ie")) {
      return without(1, word);
    }
    if (word.endsWith("y")) {
      return without(1, word) + "i";
    }
    return endsWith(word, "rve", "lve") ? without(2, word) + "f" : word;
  }

  private static boolean isShort(String word) {
    return word.length() < SHORTEST;
  }

  private static boolean endsWith(String word, String... endings) {
    return Stream.of(endings).anyMatch(word::endsWith);
  }

  private static String without(int letters, String word) {
    return word.substring(0, word.length() - letters);
  }
}
