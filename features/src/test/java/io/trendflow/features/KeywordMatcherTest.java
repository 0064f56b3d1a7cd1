package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordMatcherTest {
  /** Of 1,000 products 26 have "dress", 101 "shirt" and 501 "clothing"; other terms are rare. */
  private static final TermCounts COUNTS =
      new TermCounts(1000, Map.of("dress", 26L, "shirt", 101L, "clothing", 501L));

  private static Collection<KeywordMatch> match(ProductTexts texts, String... keywords) {
    return match(texts, List.of(), Map.of(), keywords);
  }

  private static Collection<KeywordMatch> match(
      ProductTexts texts,
      List<String> declared,
      Map<String, Boolean> decisions,
      String... keywords) {
    KeywordMatcher matcher = new KeywordMatcher(new KeywordIndex(List.of(keywords)));
    BitSet known = matcher.index().ids(List.of(keywords));
    return matcher.match(texts, declared, decisions, known, COUNTS);
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
          dress          | Blue summer dress       | -      | -                   | name 0.379
          summer dress   | Blue dress              | -      | -                   | -
          cape           | Red cap                 | -      | -                   | -
          robe d'été     | Robes été fleuries      | -      | -                   | name 0.720
          bougie         | Bougies parfumées       | -      | -                   | name 0.600
          nike           | Air Max 90              | Nike   | -                   | brand 0.500
          nike air max   | Air Max 90              | Nike   | -                   | combined 0.686
          nike dress     | -                       | Nike   | Dresses             | combined 0.800
          dresses        | Rosa                    | -      | Clothing > Dresses  | category 0.337
          shirts         | Rosa | - | Apparel & Accessories > Clothing > Shirts       | category 0.274
          accessories    | Rosa | - | Apparel & Accessories > Clothing > Shirts       | category 0.267
          clothing       | Rosa | - | Apparel & Accessories > Clothing > Shirts       | category 0.117
          clothing       | Soft grey clothing      | -      | -                   | name 0.132
          clothing       | A soft grey wool clothing set | - | -                 | -
          ドレス          | 夏 ドレス                | -      | -                   | name 0.600
          夏ドレス         | 夏 ドレス                | -      | -                   | name 0.900
          чехол          | Чехол                   | -      | -                   | name 0.900
          ထဘီ            | ထဘီ                     | -      | -                   | name 0.900
          """)
  void guesses(
      String keyword,
      @Nullable String name,
      @Nullable String brand,
      @Nullable String category,
      @Nullable String expected) {
    List<String> found = new ArrayList<>();
    match(ProductTexts.of(name, brand, category), keyword)
        .forEach(m -> found.add("%s %.3f".formatted(m.matchedBy(), m.confidence())));
    assertThat(found).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void rarerTermsAndCloserNamesSayMore() {
    ProductTexts texts = ProductTexts.of("Floral summer dress", null, "Clothing");
    assertThat(match(texts, "dress", "floral", "summer dress", "clothing", "wedding"))
        .extracting(KeywordMatch::keyword)
        .containsExactly("summer dress", "floral", "dress", "clothing");
  }

  @Test
  void onlyTheBestEightGuessesCount() {
    String[] words =
        IntStream.range(0, 12).mapToObj(i -> "word" + (char) ('a' + i)).toArray(String[]::new);
    assertThat(match(ProductTexts.of(String.join(" ", words), null, null), words))
        .extracting(KeywordMatch::keyword)
        .containsExactly(List.of(words).subList(0, 8).toArray(String[]::new));
  }

  @Test
  void declaredKeywordsWinAndNothingElseIsMatched() {
    ProductTexts texts = ProductTexts.of("Blue summer dress", null, "Clothing");
    assertThat(
            match(
                texts,
                List.of("#GardenParty", "Wedding Guests"),
                Map.of(),
                "summer dress",
                "garden parties",
                "gardenparty",
                "guest wedding"))
        .containsExactly(
            new KeywordMatch("garden parties", 1, "declared"),
            new KeywordMatch("gardenparty", 1, "declared"),
            new KeywordMatch("guest wedding", 1, "declared"));
    assertThat(match(texts, List.of("unheard of"), Map.of(), "summer dress")).isEmpty();
    assertThat(match(texts, List.of(" "), Map.of(), "summer dress")).hasSize(1);
  }

  @Test
  void manyDeclaredKeywordsAllCount() {
    List<String> twelve = IntStream.range(0, 12).mapToObj(i -> "word" + i).toList();
    assertThat(
            match(
                ProductTexts.of(null, null, null), twelve, Map.of(), twelve.toArray(String[]::new)))
        .hasSize(12);
  }

  @Test
  void decisionsComeFirst() {
    ProductTexts texts = ProductTexts.of("Blue summer dress", null, null);
    Map<String, Boolean> decisions = Map.of("garden party", true, "summer dress", false);
    assertThat(match(texts, List.of(), decisions, "Garden-Party", "summer dress", "dress"))
        .extracting(KeywordMatch::keyword, KeywordMatch::matchedBy)
        .containsExactly(tuple("Garden-Party", "reviewed"), tuple("dress", "name"));
    assertThat(match(texts, List.of("summer dress"), decisions, "summer dress")).isEmpty();
  }

  @Test
  void aKeywordWithoutASeriesIsNotMatched() {
    KeywordMatcher matcher = new KeywordMatcher(new KeywordIndex(List.of("mug", "lamp")));
    BitSet known = matcher.index().ids(List.of("lamp", "unknown"));
    ProductTexts texts = ProductTexts.of("Mug", null, null);
    assertThat(matcher.match(texts, List.of(), Map.of(), known, COUNTS)).isEmpty();
    assertThat(matcher.match(texts, List.of("mug"), Map.of(), known, COUNTS)).isEmpty();
    assertThat(matcher.match(texts, List.of(), Map.of("mug", true), known, COUNTS)).isEmpty();
  }

  @Test
  void theOnlyProductsTermsAreRare() {
    assertThat(new TermCounts(1, Map.of("mug", 1L)).rarity(Set.of("mug"))).isOne();
    assertThat(COUNTS.rarity(Set.of("clothing"))).isCloseTo(0.293, within(1e-3));
  }
}
