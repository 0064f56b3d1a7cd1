package io.trendflow.features;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words of a text, keyword or product name alike, in one spelling: lower case, without accents,
 * punctuation and {@code #}.
 */
final class Tokens {
  /** Would otherwise become letters of the word before it: LEGO™ is not "legotm". */
  private static final Pattern TRADEMARK = Pattern.compile("[\u2122\u2120]");

  /**
   * Accents of Latin and Greek letters, and of the Russian e, which is mostly written without.
   * Other scripts write vowels and voiced sounds as marks, without which words would change: those
   * stay.
   */
  private static final Pattern ACCENT =
      Pattern.compile("(?<=[\\p{IsLatin}\\p{IsGreek}])[\u0300-\u036f]+|(?<=\u0435)\u0308");

  private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private Tokens() {}

  /** In their order. A text of signs only, such as an emoji, is one word; nothing has none. */
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

  /** Letters that Unicode does not take apart, but people do. */
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
