package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.PackedTexts;
import io.trendflow.serving.store.ScoreRecord;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Search index of id, name, brand and category of each row, ignoring case and accents. */
final class SearchText {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private final PackedTexts texts = new PackedTexts();

  /** Adds the next row. */
  void add(ScoreRecord score) {
    String text =
        Stream.of(score.productId(), score.name(), score.brand(), score.category())
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n"));
    texts.add(folded(text).getBytes(StandardCharsets.UTF_8));
  }

  /** Completes the index after the last row. */
  void end() {
    texts.trim();
  }

  /** Returns a predicate for the rows that contain every word of a query. */
  IntPredicate matches(String query) {
    List<byte[]> words =
        SPACES
            .splitAsStream(folded(query))
            .filter(word -> !word.isEmpty())
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toList();
    return row -> words.stream().allMatch(word -> contains(row, word));
  }

  private boolean contains(int row, byte[] word) {
    byte[] all = texts.all();
    int last = texts.end(row) - word.length;
    for (int i = texts.start(row); i <= last; i++) {
      if (all[i] == word[0] && Arrays.equals(all, i, i + word.length, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }

  private static String folded(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean ascii = lower.chars().allMatch(c -> c < 128);
    return ascii
        ? lower
        : MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD)).replaceAll("");
  }
}
