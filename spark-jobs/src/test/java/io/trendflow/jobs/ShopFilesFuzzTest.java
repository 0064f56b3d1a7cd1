package io.trendflow.jobs;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes one thing in files that are read right: what must not matter leaves the sums as they
 * were, and what matters is asked, rejected or read right, but never added up wrong without a word.
 *
 * <p>Each table has at least one of the changes. With {@code TRENDFLOW_CHANGE_EVERY_TABLE=true},
 * which takes minutes, each has them all.
 */
class ShopFilesFuzzTest {
  private static final boolean EVERY_CHANGE =
      Boolean.parseBoolean(System.getenv("TRENDFLOW_CHANGE_EVERY_TABLE"));

  /** Has no divisor in common with the number of changes, so that the sample has all of them. */
  private static final int SAMPLE = 5;

  private static final Charset WESTERN = Charset.forName("windows-1252");
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  /** Cases whose single file is a table of text with sales. */
  private static final List<String> TABLES =
      List.of(
          "01-amazon-all-orders",
          "03-ebay-orders-report",
          "04-square-items",
          "05-ga4-export",
          "05b-ga4-no-preamble",
          "12a-favorita",
          "13b-french-excel-nosep",
          "14-sap-trailing-minus",
          "14b-decimal-comma-three-digits",
          "14c-trailing-minus-known-names",
          "15a-unicode-minus",
          "15b-parentheses",
          "15c-minus-dollar",
          "15d-dollar-minus",
          "15e-apostrophe",
          "15f-minus-dollar-rare",
          "17-concatenated",
          "20-pivot-weeks-across",
          "23-woocommerce-orders",
          "24-tiktok-shop-orders",
          "25b-iso-weeks",
          "25c-french-months",
          "25d-us-ampm",
          "25f-iso-millis-z",
          "25h-month-only",
          "27-cr-only",
          "29a-indian-grouping",
          "36-naive-subtotals",
          "41-shopify-sales-by-product",
          "45-magento-orders",
          "46-lightspeed-lines",
          "58-saturday-market");

  /** Outcome of a case whose files were not changed. */
  private record Unchanged(int open, ShopFiles.Sums sums) {}

  private static final Map<String, Unchanged> UNCHANGED = new HashMap<>();

  /** A table with a way to write it. */
  private record Table(
      List<List<String>> lines, char delimiter, String lineEnd, Charset encoding, boolean marked) {
    byte[] bytes() {
      StringBuilder text = new StringBuilder(marked ? "\uFEFF" : "");
      for (List<String> line : lines) {
        text.append(String.join("" + delimiter, line.stream().map(this::field).toList()));
        text.append(lineEnd);
      }
      return text.toString().getBytes(encoding);
    }

    private String field(String text) {
      return text.matches("(?s).*[\"\r\n].*") || text.indexOf(delimiter) >= 0
          ? "\"" + text.replace("\"", "\"\"") + "\""
          : text;
    }

    Table with(List<List<String>> other) {
      return new Table(other, delimiter, lineEnd, encoding, marked);
    }

    /** Returns the number of fields that most lines have. */
    int width() {
      Map<Integer, Integer> counts = new HashMap<>();
      lines.forEach(line -> counts.merge(line.size(), 1, Integer::sum));
      return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
  }

  /** A change of a table. */
  private enum Change {
    COLUMN_ORDER {
      @Override
      Table of(Table table, Random random) {
        int width = table.width();
        List<Integer> order = new ArrayList<>(IntStream.range(0, width).boxed().toList());
        Collections.shuffle(order, random);
        return table.with(
            table.lines().stream()
                .map(line -> line.size() == width ? order.stream().map(line::get).toList() : line)
                .toList());
      }
    },
    LINE_ENDS {
      @Override
      Table of(Table table, Random random) {
        return new Table(
            table.lines(),
            table.delimiter(),
            List.of("\r\n", "\r", "\n").get(random.nextInt(3)),
            table.encoding(),
            table.marked());
      }
    },
    ENCODING {
      @Override
      Table of(Table table, Random random) {
        String all = String.join("", table.lines().stream().flatMap(List::stream).toList());
        int choice = random.nextInt(3);
        boolean western = choice == 0 && WESTERN.newEncoder().canEncode(all);
        Charset encoding = western ? WESTERN : choice == 1 ? UTF_16LE : UTF_8;
        return new Table(
            table.lines(), table.delimiter(), table.lineEnd(), encoding, !encoding.equals(WESTERN));
      }
    },
    DELIMITER {
      @Override
      Table of(Table table, Random random) {
        return new Table(
            table.lines(),
            DELIMITERS.get(random.nextInt(DELIMITERS.size())),
            table.lineEnd(),
            table.encoding(),
            table.marked());
      }
    },
    ODD_LINES {
      @Override
      Table of(Table table, Random random) {
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < table.lines().size(); i++) {
          lines.add(table.lines().get(i));
          if (i % 40 == 39) {
            String odd = List.of("n/a", "???", "-", "#REF!").get(random.nextInt(4));
            lines.add(Collections.nCopies(table.width(), odd));
          }
        }
        return table.with(lines);
      }
    },
    THOUSANDS {
      /** Writes whole numbers with three zeros behind a sign, and leaves out all other evidence. */
      @Override
      Table of(Table table, Random random) {
        String sign = random.nextBoolean() ? "," : ".";
        IntPredicate decimals =
            column ->
                table.lines().stream()
                    .anyMatch(
                        line ->
                            column < line.size()
                                && line.get(column).matches(".*\\d[.,]\\d{1,2}\\b.*")
                                && !line.get(column).matches(".*\\d[.,/-]\\d+[.,/-]\\d.*"));
        int width = table.width();
        List<List<String>> lines = new ArrayList<>();
        for (List<String> line : table.lines()) {
          if (line.size() == width) {
            lines.add(
                IntStream.range(0, width)
                    .filter(column -> !decimals.test(column))
                    .mapToObj(line::get)
                    .map(text -> text.matches("[1-9]\\d{0,2}") ? text + sign + "000" : text)
                    .toList());
          }
        }
        return table.with(lines);
      }
    };

    abstract Table of(Table table, Random random);

    boolean mustNotMatter() {
      return this != ODD_LINES && this != THOUSANDS;
    }
  }

  static Stream<String> changes() {
    List<String> all =
        TABLES.stream()
            .flatMap(name -> Stream.of(Change.values()).map(change -> name + " " + change))
            .toList();
    return IntStream.range(0, all.size())
        .filter(i -> EVERY_CHANGE || i % SAMPLE == 0)
        .mapToObj(all::get);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsReadRightOrAsked(String nameAndChange, @TempDir Path folder) throws IOException {
    String name = nameAndChange.split(" ", 2)[0];
    Change change = Change.valueOf(nameAndChange.split(" ", 2)[1]);
    Path before = Files.createDirectories(folder.resolve("before"));
    ShopFiles.unpack(name, before);
    Unchanged original = UNCHANGED.get(name);
    if (original == null) {
      ShopFiles files = new ShopFiles(before, folder.resolve("before.yaml"));
      int open = files.init();
      assertThat(files.check()).as(files.answers()).isTrue();
      original = new Unchanged(open, files.sums());
      UNCHANGED.put(name, original);
    }

    Path file = onlyFile(before);
    Table changed = change.of(read(file), new Random(nameAndChange.hashCode()));
    Path raw = Files.createDirectories(folder.resolve("raw"));
    Files.write(raw.resolve(file.getFileName()), changed.bytes());
    ShopFiles files = new ShopFiles(raw, folder.resolve("shop.yaml"));
    int openAfter = files.init();
    boolean accepted = files.check();
    String all = files.answers() + files.yaml();
    if (change.mustNotMatter()) {
      assertThat(accepted).as(all).isTrue();
      assertThat(openAfter).as(all).isEqualTo(original.open());
      assertThat(plain(files.sums())).as(all).isEqualTo(plain(original.sums()));
    } else if (accepted && openAfter == 0) {
      assertThat(plain(files.sums()).subList(0, 2))
          .as(all)
          .isEqualTo(plain(original.sums()).subList(0, 2));
    }
  }

  private static List<BigDecimal> plain(ShopFiles.Sums sums) {
    return Stream.of(
            BigDecimal.valueOf(Math.round(sums.units() * 100)),
            BigDecimal.valueOf(Math.round(sums.returned() * 100)),
            sums.revenue())
        .map(BigDecimal::stripTrailingZeros)
        .toList();
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static Table read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = text(bytes);
      char delimiter = delimiter(text);
      List<List<String>> lines = new ArrayList<>();
      CsvReader.builder()
          .fieldSeparator(delimiter)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .ofCsvRecord(text.replace("\uFEFF", ""))
          .forEach(line -> lines.add(line.getFields()));
      return new Table(lines, delimiter, "\n", UTF_8, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    boolean wide = bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe;
    if (wide) {
      return new String(bytes, UTF_16LE);
    }
    String text = new String(bytes, UTF_8);
    return text.indexOf('\uFFFD') >= 0 ? new String(bytes, WESTERN) : text;
  }

  private static char delimiter(String text) {
    return DELIMITERS.stream()
        .max(
            (a, b) ->
                Long.compare(
                    text.chars().filter(c -> c == a).count(),
                    text.chars().filter(c -> c == b).count()))
        .orElse(',');
  }
}
