package io.trendflow.serving.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Dictionary-encoded column for values that many rows share. */
public final class TermColumn implements PackedColumn {
  private final List<@Nullable Object> terms = new ArrayList<>();
  private final Map<@Nullable Object, Integer> codes = new HashMap<>();
  private int[] values = new int[0];
  private int size;

  @Override
  public void add(@Nullable Object value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, PackedColumn.grown(size));
    }
    // Many rows repeat the value of the previous row, which saves computing a hash.
    boolean repeated = size > 0 && Objects.equals(value, get(size - 1));
    values[size] = repeated ? values[size - 1] : codeFor(value);
    size++;
  }

  private int codeFor(@Nullable Object value) {
    Integer code = codes.get(value);
    if (code == null) {
      code = terms.size();
      codes.put(value, code);
      terms.add(value);
    }
    return code;
  }

  @Override
  public @Nullable Object get(int row) {
    return terms.get(values[row]);
  }

  /** Returns a predicate for the rows whose value is the term; null if no row has it. */
  public @Nullable IntPredicate is(Object term) {
    int code = codeOf(term);
    return code < 0 ? null : row -> code(row) == code;
  }

  /** Returns the number of a row's term. */
  int code(int row) {
    return values[row];
  }

  /** Returns the number of a term; -1 if no row has it. */
  int codeOf(@Nullable Object term) {
    return codes.getOrDefault(term, -1);
  }

  /** Returns the number of different terms. */
  int terms() {
    return terms.size();
  }

  int size() {
    return size;
  }

  @Override
  public void trim() {
    values = Arrays.copyOf(values, size);
  }
}
