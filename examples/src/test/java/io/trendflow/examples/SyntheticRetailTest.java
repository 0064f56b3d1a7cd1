package io.trendflow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticRetailTest {
  private static final RetailSettings SMALL =
      new RetailSettings(3, 120, 400, LocalDate.of(2025, 3, 2));

  @Test
  void theSameSettingsGiveTheSameBytes(@TempDir Path folder) throws Exception {
    PlantedTruth one = SyntheticRetail.write(folder.resolve("one"), SMALL);
    PlantedTruth other = SyntheticRetail.write(folder.resolve("other"), SMALL);
    assertThat(one).isEqualTo(other);
    assertThat(hashes(folder.resolve("one")))
        .hasSizeGreaterThan(18)
        .isEqualTo(hashes(folder.resolve("other")));
  }

  @Test
  void anotherSeedGivesAnotherShop(@TempDir Path folder) throws Exception {
    SyntheticRetail.write(folder.resolve("one"), SMALL.withSupply());
    RetailSettings reseeded = new RetailSettings(4, SMALL.products(), SMALL.days(), SMALL.end());
    SyntheticRetail.write(folder.resolve("other"), reseeded.withSupply());
    Map<String, String> other = hashes(folder.resolve("other"));
    Map<String, String> one = hashes(folder.resolve("one"));
    one.remove("dirt.csv"); // it counts records, of which two shops may have equally many
    assertThat(one)
        .allSatisfy((file, hash) -> assertThat(other.get(file)).as(file).isNotEqualTo(hash));
  }

  @Test
  void aLargerShopKeepsTheProductsOfASmallerOne() {
    List<ProductPlan> small = ProductPlanner.plan(SMALL);
    RetailSettings larger = new RetailSettings(SMALL.seed(), 300, SMALL.days(), SMALL.end());
    assertThat(ProductPlanner.plan(larger).subList(0, small.size())).isEqualTo(small);
    assertThat(new DemandModel(larger, small.get(5), ShopMarket.UK, List.of()).sales())
        .isEqualTo(new DemandModel(SMALL, small.get(5), ShopMarket.UK, List.of()).sales());
  }

  @Test
  void aLaterRunLeavesNothingOfAnEarlierOne(@TempDir Path folder) throws Exception {
    SyntheticRetail.write(folder, SMALL);
    SyntheticRetail.write(folder, new RetailSettings(3, 120, 400, SMALL.end().plusYears(2)));
    assertThat(folder.resolve("raw/orders/2025-01.csv.gz")).doesNotExist();
    assertThat(folder.resolve("raw/orders/2027-01.csv.gz")).exists();
  }

  @Test
  void filesOfSomeoneElseAreNeverReplaced(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("raw/orders"));
    Path mine = Files.writeString(folder.resolve("raw/orders/mine.csv"), "order_id\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyntheticRetail.write(folder, SMALL))
        .withMessage(
            "%s has files that this generator did not write: use another directory for --out.",
            folder.resolve("raw"));
    assertThat(mine).exists();
  }

  @Test
  void theCommandLineStartsFromTheDefaults() {
    RetailArguments arguments =
        RetailArguments.parse("--out", "demo", "--products", "200", "--end", "2026-01-31");
    assertThat(arguments.out()).isEqualTo(Path.of("demo"));
    assertThat(arguments.settings())
        .isEqualTo(new RetailSettings(7, 200, 900, LocalDate.of(2026, 1, 31)).withSupply());
    assertThat(RetailArguments.parse("--out", "demo", "--supply", "false").settings())
        .isEqualTo(RetailSettings.defaults());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seed 7|--out is missing. Usage: SyntheticRetail --out DIR",
        "--out demo --day 9|--day is not an option. Usage:",
        "--out|--out has no value. Usage:",
        "--out demo --days many|--days is many: use a whole number.",
        "--out demo --end yesterday|--end is yesterday: use a date, for example 2026-06-30.",
        "--out demo --supply yes|--supply is yes: use true or false.",
        "--out demo --products 20|--products is 20: use a number from 100 to 4800.",
        "--out demo --days 30|--days is 30: use a number from 365 to 3650.",
      })
  void aWrongOptionIsRefusedInOneSentence(String args, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetailArguments.parse(args.split(" ")))
        .withMessageStartingWith(sentence);
  }

  private static Map<String, String> hashes(Path folder)
      throws IOException, NoSuchAlgorithmException {
    Map<String, String> hashes = new TreeMap<>();
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.(csv|gz)")).toList()) {
        String hash = HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
        hashes.put(folder.relativize(file).toString(), hash);
      }
    }
    return hashes;
  }
}
