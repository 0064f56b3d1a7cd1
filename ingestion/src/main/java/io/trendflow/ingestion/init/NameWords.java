package io.trendflow.ingestion.init;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Words in the names of files and columns, such as {@code shipping}, {@code limit} and {@code
 * date}.
 */
final class NameWords {
  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final Pattern OTHER = Pattern.compile("[^a-z]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private NameWords() {}

  /** Returns the words of a name in lower case and without accents. */
  static List<String> of(String name) {
    String plain =
        MARKS
            .matcher(Normalizer.normalize(CAMEL.matcher(name).replaceAll(" "), Normalizer.Form.NFD))
            .replaceAll("");
    List<String> words = new ArrayList<>();
    for (String word : OTHER.split(plain.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /**
   * Returns the first word of a name that begins with one of several stems; a stem of at most four
   * letters must be the whole word, with or without s, and one of two letters the word itself.
   */
  static Optional<String> first(String name, List<String> stems) {
    return of(name).stream()
        .filter(
            word ->
                stems.stream()
                    .anyMatch(
                        stem ->
                            stem.length() <= 2
                                ? word.equals(stem)
                                : stem.length() <= 4
                                    ? word.equals(stem) || word.equals(stem + "s")
                                    : word.startsWith(stem)))
        .findFirst();
  }
}
