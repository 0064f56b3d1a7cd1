package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.config.SourceKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assertions;

/**
 * A file with any content is read to its end with counts that add up, or rejected in one sentence.
 */
class BrokenFilesFuzzTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** Fragments that break parsers: quotes, nesting, entities, and extreme numbers and dates. */
  private static final List<String> TOKENS =
      List.of(
          "\"",
          "\n",
          "\r",
          ",",
          "\t",
          ",,,,,,,,,,",
          "\u0000",
          "\uFEFF",
          "\u0085",
          "\u2028",
          "\uD83D\uDE00",
          "<!DOCTYPE feed [<!ENTITY x \"y\">]>",
          "<!DOCTYPE feed SYSTEM \"file:///etc/hostname\">",
          "&x;",
          "&#0;",
          "&#x110000;",
          "&amp",
          "<![CDATA[",
          "]]>",
          "<!--",
          "<?xml version=\"1.1\" encoding=\"UTF-16\"?>",
          "<a xmlns:a=''>",
          "</entry>",
          "<entry>",
          "{",
          "}",
          "[",
          "]",
          "\\ud800",
          "\\u",
          "null",
          "1e2147483648",
          "-0e99999999999",
          "1e-2147483648",
          "0e2147483647",
          "NaN",
          "+999999999-12-31",
          "-999999999-01-01",
          "9223372036854775807",
          "2024-05-01T00",
          "[".repeat(1500),
          "{\"a\":".repeat(1500),
          "<a>".repeat(3000),
          "7".repeat(3000),
          " ".repeat(5000),
          "(a)".repeat(3000),
          ": ((a)" + "(a)".repeat(5000) + ")");

  /** Broken file and the source that reads it. */
  private static final class Broken {
    private final Sample sample;
    private final Packing packing;
    private final byte[] bytes;

    Broken(Sample sample, Packing packing, byte[] bytes) {
      this.sample = sample;
      this.packing = packing;
      this.bytes = bytes;
    }

    String file() {
      return sample.file() + packing.suffix();
    }

    List<Row> rows() {
      return TemporaryRaw.rows(sample.source(), file(), bytes);
    }

    @Override
    public String toString() {
      return file()
          + " "
          + new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n]", "~");
    }
  }

  @Property
  void randomBytes(@ForAll("random") Broken file) {
    check(file);
  }

  @Property
  void brokenBytes(@ForAll("bytes") Broken file) {
    check(file);
  }

  @Property
  void brokenTexts(@ForAll("texts") Broken file) {
    check(file);
  }

  private static void check(Broken file) {
    List<Row> rows = Assertions.assertTimeoutPreemptively(LONGEST, file::rows);
    Row last = rows.get(rows.size() - 1);
    if (last.getString(3).equals(RecordRows.READ)) {
      TemporaryRaw.outcomes(
          rows,
          file.sample.kind(),
          file.sample.kind() == SourceKind.CATALOG ? "product_id" : "day");
      return;
    }
    assertThat(last.getString(3)).isEqualTo(RecordRows.REFUSED);
    assertThat(last.getString(5))
        .startsWith(file.file() + " (source s)")
        .hasSizeLessThan(2_000)
        .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]")
        .doesNotContain("(null)")
        .endsWith(".");
  }

  @Provide
  Arbitrary<Broken> random() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    return Combinators.combine(
            Arbitraries.of(Sample.values()), Arbitraries.of(Packing.class), bytes, flags())
        .as(
            (sample, packing, raw, inside) ->
                new Broken(sample, packing, inside ? packing.pack(raw) : raw));
  }

  /**
   * Returns files, packed or not, that are truncated or in which bytes are replaced, inserted or
   * removed.
   */
  @Provide
  Arbitrary<Broken> bytes() {
    return Combinators.combine(
            Arbitraries.of(Sample.values()),
            Arbitraries.of(Packing.class),
            Arbitraries.integers().between(0, 1 << 20),
            Arbitraries.integers().between(0, 9),
            Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(8),
            flags())
        .as(BrokenFilesFuzzTest::broken);
  }

  private static Broken broken(
      Sample sample, Packing packing, int at, int change, byte[] bytes, boolean inside) {
    byte[] whole = sample.bytes();
    return inside
        ? new Broken(sample, packing, packing.pack(changed(whole, at, change, bytes)))
        : new Broken(sample, packing, changed(packing.pack(whole), at, change, bytes));
  }

  private static byte[] changed(byte[] whole, int at, int change, byte[] bytes) {
    int place = at % whole.length;
    if (change == 0) {
      return Arrays.copyOf(whole, place);
    }
    if (change < 8) {
      byte[] flipped = whole.clone();
      flipped[place] ^= (byte) (1 << change);
      return flipped;
    }
    return spliced(whole, place, bytes, change == 8 ? bytes.length : 0);
  }

  /** Returns the bytes with some of them replaced by others. */
  private static byte[] spliced(byte[] whole, int place, byte[] bytes, int instead) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(whole, 0, place);
    spliced.writeBytes(bytes);
    int rest = Math.min(whole.length, place + instead);
    spliced.write(whole, rest, whole.length - rest);
    return spliced.toByteArray();
  }

  /** Returns text files with fragments that break parsers in one or two places. */
  @Provide
  Arbitrary<Broken> texts() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 1 << 20);
    return Combinators.combine(
            Arbitraries.of(Sample.values()).filter(sample -> sample != Sample.PARQUET),
            Arbitraries.of(TOKENS),
            places,
            Arbitraries.of(TOKENS),
            places,
            Arbitraries.integers().between(0, 30))
        .as(
            (sample, one, place, two, other, instead) -> {
              byte[] bytes = sample.bytes();
              byte[] once = spliced(bytes, place % bytes.length, utf8(one), instead);
              byte[] twice =
                  instead % 2 == 0 ? once : spliced(once, other % once.length, utf8(two), 0);
              return new Broken(sample, Packing.PLAIN, twice);
            });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Arbitrary<Boolean> flags() {
    return Arbitraries.of(true, false);
  }
}
