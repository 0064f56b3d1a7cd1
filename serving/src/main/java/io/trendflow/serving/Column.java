package io.trendflow.serving;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Values of one type, packed: a million of them are a few objects. Rows are counted from 0. */
sealed interface Column {

  /** Appends a value. */
  void add(@Nullable Object value);

  /** The value of a row. */
  @Nullable Object get(int row);

  /** An empty column for the values of a record's component. */
  static Column of(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType list) {
      return new Lists(of(list.getAnnotatedActualTypeArguments()[0]));
    }
    Class<?> values = (Class<?>) type.getType();
    if (values.isRecord()) {
      return new Records<>(new Columns<>(values.asSubclass(Record.class)));
    }
    if (values == double.class || values == Double.class) {
      return new Numbers();
    }
    if (values == long.class) {
      return new Wholes();
    }
    return values == String.class ? new Texts() : new Terms();
  }

  /** Numbers; null is NaN. */
  final class Numbers implements Column {
    private double[] values = new double[16];
    private int size;

    @Override
    public void add(@Nullable Object value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size++] = value == null ? Double.NaN : (Double) value;
    }

    @Override
    public @Nullable Double get(int row) {
      return Double.isNaN(values[row]) ? null : (Double) values[row];
    }

    /** The value of a row without an object; NaN for null. */
    double number(int row) {
      return values[row];
    }
  }

  /** Whole numbers, never null. */
  final class Wholes implements Column {
    private long[] values = new long[16];
    private int size;

    @Override
    public void add(@Nullable Object value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size++] = (Long) Objects.requireNonNull(value);
    }

    @Override
    public Long get(int row) {
      return values[row];
    }
  }

  /** Values of which many rows have the same: each is kept once. */
  final class Terms implements Column {
    private final List<@Nullable Object> terms = new ArrayList<>();
    private final Map<@Nullable Object, Integer> codes = new HashMap<>();
    private int[] values = new int[16];
    private int size;

    @Override
    public void add(@Nullable Object value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      Integer code = codes.get(value);
      if (code == null) {
        code = terms.size();
        codes.put(value, code);
        terms.add(value);
      }
      values[size++] = code;
    }

    @Override
    public @Nullable Object get(int row) {
      return terms.get(values[row]);
    }

    /** The number of a row's term. */
    int code(int row) {
      return values[row];
    }

    /** The number of a term; -1 for one that no row has. */
    int codeOf(@Nullable Object term) {
      return codes.getOrDefault(term, -1);
    }

    /** The terms by their numbers. */
    List<@Nullable Object> terms() {
      return terms;
    }
  }

  /** Texts: as terms while they are few, then each for itself as UTF-8. */
  final class Texts implements Column {
    private static final int MOST_TERMS = 1 << 15;

    private @Nullable Terms terms = new Terms();
    private byte[] bytes = new byte[0];
    private int[] ends = new int[0];
    private int size;

    @Override
    public void add(@Nullable Object value) {
      if (terms != null) {
        terms.add(value);
        size++;
        if (terms.terms().size() > MOST_TERMS) {
          unpack(terms);
        }
      } else {
        append((String) value);
      }
    }

    private void unpack(Terms few) {
      int rows = size;
      terms = null;
      size = 0;
      ends = new int[grown(rows)];
      for (int row = 0; row < rows; row++) {
        append((String) few.get(row));
      }
    }

    /** An absent text is the byte 0xFF, which UTF-8 never has. */
    private void append(@Nullable String text) {
      byte[] encoded =
          text == null ? new byte[] {(byte) 0xFF} : text.getBytes(StandardCharsets.UTF_8);
      int start = start(size);
      int end = Math.addExact(start, encoded.length);
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(grown(end), 1024));
      }
      System.arraycopy(encoded, 0, bytes, start, encoded.length);
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, grown(size));
      }
      ends[size++] = end;
    }

    @Override
    public @Nullable String get(int row) {
      if (terms != null) {
        return (String) terms.get(row);
      }
      int start = start(row);
      int end = ends[row];
      boolean absent = end == start + 1 && bytes[start] == (byte) 0xFF;
      return absent ? null : new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Which rows have this text. */
    IntPredicate is(String text) {
      if (terms != null) {
        Terms few = terms;
        int code = few.codeOf(text);
        return row -> few.code(row) == code;
      }
      return row -> text.equals(get(row));
    }

    private int start(int row) {
      return row == 0 ? 0 : ends[row - 1];
    }
  }

  /** Lists, their elements one after the other in another column. */
  final class Lists implements Column {
    private final Column elements;
    private int[] ends = new int[16];
    private int size;

    Lists(Column elements) {
      this.elements = elements;
    }

    @Override
    public void add(@Nullable Object value) {
      List<?> list = (List<?>) Objects.requireNonNull(value);
      list.forEach(elements::add);
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, grown(size));
      }
      ends[size] = Math.addExact(size == 0 ? 0 : ends[size - 1], list.size());
      size++;
    }

    /** The elements are made when they are asked for: most who go over all rows don't. */
    @Override
    public List<?> get(int row) {
      int start = row == 0 ? 0 : ends[row - 1];
      int length = ends[row] - start;
      return new AbstractList<@Nullable Object>() {
        @Override
        public @Nullable Object get(int index) {
          return elements.get(start + Objects.checkIndex(index, length));
        }

        @Override
        public int size() {
          return length;
        }
      };
    }
  }

  /** Records, column by column. */
  record Records<R extends Record>(Columns<R> columns) implements Column {
    @Override
    @SuppressWarnings("unchecked") // the component's type is R
    public void add(@Nullable Object value) {
      columns.add((R) Objects.requireNonNull(value));
    }

    @Override
    public Object get(int row) {
      return columns.get(row);
    }
  }

  private static int grown(int size) {
    return Math.max(16, Math.toIntExact(Math.min(Integer.MAX_VALUE - 8L, size * 3L / 2 + 1)));
  }
}
