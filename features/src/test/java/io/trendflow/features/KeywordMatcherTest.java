package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trendflow.history.CatalogEntry;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordMatcherTest {

  private static CatalogEntry entry(
      @Nullable String name,
      @Nullable String brand,
      @Nullable String category,
      String... declared) {
    return new CatalogEntry(
        0, name, category, brand, 1, null, null, false, null, List.of(declared), Map.of());
  }

  private static List<KeywordMatch> match(CatalogEntry entry, String... keywords) {
    return match(entry, List.of(), keywords);
  }

  private static List<KeywordMatch> match(
      CatalogEntry entry, List<KeywordDecision> decisions, String... keywords) {
    return new KeywordMatcher(List.of(keywords), decisions).match("uk", "p1", entry);
  }

  private static KeywordDecision decision(String market, String keyword, boolean belongs) {
    return new KeywordDecision(market, "p1", keyword, belongs);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          summer dress   | Summer dress            | -      | -                   | name 0.900
          summer dresses | Dress, Summer           | -      | -                   | name 0.900
          summer dress   | Blue summer dress       | -      | -                   | name 0.720
          summer dress   | Dress, blue, for summer | -      | -                   | name 0.720
          #summerdress   | Blue summer dress       | -      | -                   | name 0.720
          tshirt         | T-shirts                | -      | -                   | name 0.900
          t-shirt        | Blue tshirt             | -      | -                   | name 0.600
          dress          | Blue summer dress       | -      | -                   | name 0.450
          summer dress   | Blue dress              | -      | -                   | -
          cape           | Red cap                 | -      | -                   | -
          robe d'été     | Robes été fleuries      | -      | -                   | name 0.720
          bougie         | Bougies parfumées       | -      | -                   | name 0.600
          nike           | Air Max 90              | Nike   | -                   | brand 0.500
          nike air max   | Air Max 90              | Nike   | -                   | combined 0.686
          nike dress     | Rosa                    | Nike   | Dresses             | -
          rosa dress     | Rosa                    | Nike   | Dresses             | combined 0.800
          dresses        | Rosa                    | -      | Clothing > Dresses  | category 0.400
          accessories    | Rosa | - | Apparel & Accessories > Clothing > Shirts       | category 0.267
          dresses        | Summer dresses          | -      | Dresses             | name 0.600
          ドレス          | 夏 ドレス                | -      | -                   | name 0.600
          夏ドレス         | 夏 ドレス                | -      | -                   | name 0.900
          чехол          | Чехол                   | -      | -                   | name 0.900
          ထဘီ            | ထဘီ                     | -      | -                   | name 0.900
          🎄             | 🎄                      | -      | -                   | name 0.900
          """)
  void guesses(
      String keyword,
      @Nullable String name,
      @Nullable String brand,
      @Nullable String category,
      @Nullable String expected) {
    assertThat(match(entry(name, brand, category), keyword))
        .extracting(m -> "%s %.3f".formatted(m.matchedBy(), m.confidence()))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void declaredKeywordsAreCertainAndNothingElseIsMatched() {
    CatalogEntry declares =
        entry("Blue summer dress", null, "Clothing", "#GardenParty", "Wedding Guests");
    assertThat(
            match(
                declares,
                "summer dress",
                "garden",
                "garden parties",
                "gardenparty",
                "guest wedding",
                "wedding"))
        .containsExactly(
            new KeywordMatch("garden parties", 1, "declared"),
            new KeywordMatch("gardenparty", 1, "declared"),
            new KeywordMatch("guest wedding", 1, "declared"));
    CatalogEntry unheard = entry("Blue summer dress", null, null, "unheard of");
    assertThat(match(unheard, "summer dress")).isEmpty();
    assertThat(match(entry("Summer dress", null, null, " "), "summer dress")).hasSize(1);
  }

  @Test
  void decisionsGoBeforeEverything() {
    List<KeywordDecision> decisions =
        List.of(decision("uk", "garden party", true), decision("all", "summer dress", false));
    String[] keywords = {"Garden-Party", "summer dress", "dress"};
    assertThat(match(entry("Blue summer dress", null, null), decisions, keywords))
        .extracting(KeywordMatch::keyword, KeywordMatch::confidence, KeywordMatch::matchedBy)
        .containsExactly(tuple("Garden-Party", 1.0, "reviewed"), tuple("dress", 0.45, "name"));
    assertThat(match(entry(null, null, null, "summer dress"), decisions, "summer dress")).isEmpty();
  }

  @Test
  void aMarketsDecisionGoesBeforeThatForAll() {
    List<KeywordDecision> decisions =
        List.of(decision("all", "mug", false), decision("uk", "mug", true));
    KeywordMatcher matcher = new KeywordMatcher(List.of("mug"), decisions);
    CatalogEntry mug = entry("Mug", null, null);
    assertThat(matcher.match("uk", "p1", mug)).hasSize(1);
    assertThat(matcher.match("fr", "p1", mug)).isEmpty();
    assertThat(matcher.match("fr", "p2", mug)).hasSize(1);
  }

  @Test
  void otherKeywordsChangeNothing() {
    CatalogEntry dress = entry("Blue summer dress", "Acme", "Clothing");
    List<KeywordMatch> alone = match(dress, "summer dress");
    assertThat(match(dress, "summer dress", "dress", "blue", "acme", "clothing", "dresses"))
        .hasSize(6)
        .containsAll(alone);
  }

  @Test
  void keywordsThatShareALongWordAreNotComparedWithEveryProductThatHasIt() {
    List<String> keywords =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "candlestick " + (char) ('a' + i % 26) + i)
            .toList();
    KeywordMatcher matcher = new KeywordMatcher(keywords, List.of());
    assertThat(matcher.longestList()).isEqualTo(1);
    assertThat(matcher.match("uk", "p1", entry("Brass candlestick a26", null, null)))
        .extracting(KeywordMatch::keyword)
        .containsExactly("candlestick a26");
  }
}
