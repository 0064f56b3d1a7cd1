package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.features.KeywordDecision;
import io.trendflow.jobs.review.ReviewCell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordReviewTest {
  private static final KeywordDecision YES = new KeywordDecision("uk", "p1", "Robe d'été", true);
  private static final KeywordDecision NO = new KeywordDecision("uk", "p2", "mug", false);

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path file;

  @BeforeEach
  void file(@TempDir Path folder) {
    file = folder.resolve("review.csv");
  }

  private List<KeywordDecision> read(String text) throws IOException {
    Files.writeString(file, text);
    return KeywordReview.read(new Configuration(), file.toString(), Set.of("uk"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "market,product_id,keyword,decision\nuk,p2,mug,no\nuk,p1,robe d'été,yes\n",
        "\uFEFFmarket;product_id;keyword;decision\r\nuk;p2;Mug;NO\r\nuk;p1;robe d'ete;Yes\r\n",
        "decision,keyword,note,product_id,market\nyes,Robe D'ÉTÉ,?,p1,uk\n\n,lamp,,p9,uk\nno,mug,,p2,uk,extra\n,,\n"
      })
  void orderColumnsAndSpellingMayDiffer(String text) throws IOException {
    assertThat(read(text)).containsExactly(YES, NO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          market,product_id,keyword/uk,p1,mug  | 1: column decision is missing, the columns are [market, product_id, keyword]: add it.
          H/uk,p1,mug,maybe                    | 2: decision is `maybe`, but must be yes, no or empty.
          H/UK,p1,mug,yes                      | 2: market is `UK`, but must be one of [all, uk].
          H/uk,p1,mug,yes/uk,,mug,no           | 3: product_id is empty: fill it in or remove the decision.
          H/uk,p1,,yes                         | 2: keyword is empty: fill it in or remove the decision.
          H/uk,p1,mug,yes/uk,p1,MUG,no         | 3: keyword `mug` of product p1 has the opposite decision in line 2: keep one of the two.
          H/uk,p1,"mug,yes/uk,p2,mug,no        | 2: a quote is not closed in the line: close or remove it.
          """)
  void aBadFileIsOneSentence(String text, String problem) {
    String csv = text.replace("H", "market,product_id,keyword,decision").replace('/', '\n') + "\n";
    assertThatThrownBy(() -> read(csv))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Keyword review " + file + ", line " + problem);
  }

  @Test
  void anEmptyFileAndAMissingOneSayWhatToDo() {
    assertThatThrownBy(() -> read(""))
        .hasMessageEndingWith(
            "line 1: the header is missing: add one with the columns"
                + " [market, product_id, keyword, decision].");
    assertThatThrownBy(
            () -> KeywordReview.read(new Configuration(), "/nowhere/review.csv", Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "features.keyword_review is /nowhere/review.csv, which does not exist: write it with"
                + " bin/trendflow keywords, or remove the key.");
  }

  @Test
  void anotherEncodingIsNamedWithItsLine() throws IOException {
    Files.write(
        file,
        "market,product_id,keyword,decision\nuk,p1,robe été,yes\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> KeywordReview.read(new Configuration(), file.toString(), Set.of()))
        .hasMessageEndingWith(", line 2: the text is not UTF-8: save the file as CSV UTF-8.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          =1+1     | '=1+1
          @brand   | '@brand
          -5       | '-5
          ＝1      | '＝1
          mug = 5  | mug = 5
          00123    | 00123
          """)
  void aCellIsNoFormulaAndReadsBack(String text, String cell) {
    assertThat(ReviewCell.key(text)).isEqualTo(cell);
    assertThat(ReviewCell.read(cell)).isEqualTo(text);
    assertThat(ReviewCell.read(ReviewCell.key("'" + text))).isEqualTo("'" + text);
  }

  @Test
  void aShownTextStaysInItsCell() {
    assertThat(ReviewCell.shown("mug;=cmd()\n two")).isEqualTo("mug,=cmd() two");
    assertThat(ReviewCell.shown(" =cmd()")).isEqualTo("'=cmd()");
    assertThat(ReviewCell.read("'90s mug")).isEqualTo("'90s mug");
  }
}
