package io.trendflow.features;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Normalised words of a text, for keywords and product names: lower case, without accents,
 * punctuation and {@code #}.
 */
final class Tokens {
  /**
   * Trademark signs, which would otherwise become letters of the previous word: LEGO™ is not
   * "legotm".
   */
  private static final Pattern TRADEMARK = Pattern.compile("[\u2122\u2120]");

  /**
   * Accents of Latin and Greek letters, and of the Russian ё, which is mostly written as е. Other
   * scripts write vowels and voiced sounds as marks; removing these would change words.
   */
  private static final Pattern ACCENT =
      Pattern.compile("(?<=[\\p{IsLatin}\\p{IsGreek}])[\u0300-\u036f]+|(?<=\u0435)\u0308");

  private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private Tokens() {}

  /**
   * Returns the words in order. A text of signs only, such as an emoji, is one word; an empty text
   * has none.
   */
  static List<String> of(@Nullable String text) {
    String folded = text == null ? "" : folded(text);
    Stream<String> parts = GAP.splitAsStream(folded);
    List<String> words = parts.filter(part -> !part.isEmpty()).toList();
    String signs = words.isEmpty() ? SPACE.matcher(folded).replaceAll("") : "";
    return signs.isEmpty() ? words : List.of(signs);
  }

  private static String folded(String text) {
    String plain = TRADEMARK.matcher(text).replaceAll(" ");
    String letters = Normalizer.normalize(plain, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String unaccented = ACCENT.matcher(letters).replaceAll("");
    return withoutLigatures(Normalizer.normalize(unaccented, Normalizer.Form.NFC));
  }

  /** Replaces letters that Unicode does not decompose, but people do. */
  private static String withoutLigatures(String text) {
    return text.replace("œ", "oe")
        .replace("æ", "ae")
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("ł", "l")
        .replace("đ", "d")
        .replace("ı", "i");
  }
}
