package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs init and check on files in the form of real exports and reports. Each must give its right
 * sums, ask the right question, or be refused with a sentence that names the fix.
 */
class ShopFilesTest {
  private static final Path EXPECTED = Path.of("src/test/resources/shop-files/expected.txt");
  private static final Map<String, String> TABLE = new TreeMap<>();

  /** A class name or a line of a stack trace. */
  private static final Pattern INTERNAL =
      Pattern.compile("(?:[a-z]\\w*\\.){2,}[A-Z]\\w*|\\w+(?:Exception|Error)\\b|\\bat io\\.");

  /**
   * A line of the file of expectations.
   *
   * @param verdict right, asked or refused
   * @param sums units, returned units, net revenue, trend values and products, as far as known
   * @param says texts that the commands print
   * @param answers changes of the configuration that answer the questions
   */
  record Expectation(
      String name, String verdict, List<String> sums, List<String> says, List<String> answers) {
    static Expectation of(String line) {
      String[] parts = line.split("\\|", -1);
      return new Expectation(
          parts[0].strip(),
          parts[1].strip(),
          texts(parts[2], " "),
          texts(parts[3], ";;"),
          texts(parts.length > 4 ? parts[4] : "", ";;"));
    }

    private static List<String> texts(String part, String separator) {
      return Arrays.stream(part.split(Pattern.quote(separator), -1))
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .toList();
    }
  }

  static List<Expectation> expectations() throws IOException {
    return Files.readAllLines(EXPECTED).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Expectation::of)
        .toList();
  }

  @Test
  void everyFolderHasAnExpectation() throws IOException {
    assertThat(expectations().stream().map(Expectation::name))
        .containsExactlyElementsOf(ShopFiles.cases());
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void aFolderIsReadRightOrAsked(Expectation expected, @TempDir Path folder) throws IOException {
    Path raw = Files.createDirectories(folder.resolve("raw"));
    ShopFiles.unpack(expected.name(), raw);
    ShopFiles files = new ShopFiles(raw, folder.resolve("shop.yaml"));
    int open = files.init();
    boolean accepted = files.check();
    String sums = accepted ? sums(files.sums()) : "";
    boolean wrong = accepted && !matches(expected.sums(), files.sums());
    String verdict = open > 0 ? "asked" : !accepted ? "refused" : wrong ? "WRONG" : "right";
    TABLE.put(
        expected.name(),
        String.format(Locale.ROOT, "%-8s %2d to decide  %s", verdict, Math.max(open, 0), sums));
    String all = files.answers() + "\n" + files.yaml();
    assertThat(INTERNAL.matcher(files.answers()).results().map(found -> found.group()).toList())
        .as(files.answers())
        .isEmpty();
    for (String text : expected.says()) {
      assertThat(all).contains(text);
    }
    assertThat(verdict).as(all).isEqualTo(expected.verdict());
    if (!expected.answers().isEmpty()) {
      answer(files, expected.answers());
      assertThat(files.check()).as(files.answers() + files.yaml()).isTrue();
    }
    if (!expected.sums().isEmpty() && (accepted || !expected.answers().isEmpty())) {
      assertThat(matches(expected.sums(), files.sums()))
          .as(sums(files.sums()) + " instead of " + expected.sums() + "\n" + all)
          .isTrue();
    }
  }

  private static void answer(ShopFiles files, List<String> answers) throws IOException {
    for (String answer : answers) {
      String[] change = answer.split(" => ", -1);
      if (change.length == 2) {
        files.replace(change[0], change[1]);
      } else {
        files.uncomment(answer);
      }
    }
  }

  private static boolean matches(List<String> expected, ShopFiles.Sums sums) {
    String[] found = sums(sums).split(" ", -1);
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equals("-") && !expected.get(i).equals(found[i])) {
        return false;
      }
    }
    return true;
  }

  private static String sums(ShopFiles.Sums sums) {
    return String.format(
        Locale.ROOT,
        "%s %s %s %d %d",
        number(sums.units()),
        number(sums.returned()),
        sums.revenue().setScale(2, RoundingMode.HALF_UP),
        sums.values(),
        sums.products());
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  @AfterAll
  static void printTable() {
    List<String> lines = new ArrayList<>();
    TABLE.forEach((name, line) -> lines.add(String.format(Locale.ROOT, "%-34s %s", name, line)));
    Map<String, Long> counts =
        TABLE.values().stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.split(" ", 2)[0], TreeMap::new, Collectors.counting()));
    System.out.println(String.join("\n", lines) + "\n" + counts);
  }
}
