package io.trendflow.serving.store;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Column of texts: dictionary-encoded while there are few different ones, then as UTF-8. */
public final class TextColumn implements PackedColumn {
  private static final int MOST_TERMS = 1 << 15;

  /** Marker of an absent text; this byte never occurs in UTF-8. */
  private static final byte ABSENT = (byte) 0xFF;

  private @Nullable TermColumn terms = new TermColumn();
  private final PackedTexts texts = new PackedTexts();

  @Override
  public void add(@Nullable Object value) {
    if (terms == null) {
      append((String) value);
      return;
    }
    terms.add(value);
    if (terms.terms() > MOST_TERMS) {
      for (int row = 0; row < terms.size(); row++) {
        append((String) terms.get(row));
      }
      terms = null;
    }
  }

  private void append(@Nullable String text) {
    texts.add(text == null ? new byte[] {ABSENT} : text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String get(int row) {
    if (terms != null) {
      return (String) terms.get(row);
    }
    int start = texts.start(row);
    int length = texts.end(row) - start;
    boolean absent = length == 1 && texts.all()[start] == ABSENT;
    return absent ? null : new String(texts.all(), start, length, StandardCharsets.UTF_8);
  }

  /** Returns a predicate for the rows that have a text. */
  public IntPredicate is(String text) {
    TermColumn few = terms;
    if (few == null) {
      return row -> text.equals(get(row));
    }
    int code = few.codeOf(text);
    return row -> few.code(row) == code;
  }

  @Override
  public void trim() {
    if (terms != null) {
      terms.trim();
    }
    texts.trim();
  }
}
