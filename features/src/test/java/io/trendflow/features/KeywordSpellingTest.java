package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which texts are the same keyword. */
class KeywordSpellingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                        | ''
          ' '                      | ''
          ' Summer   DRESS '       | summer dress
          '#SummerDress'           | summerdress
          T-shirt, homme           | t shirt homme
          Robe d'été               | robe d ete
          Crème brûlée Ñandú       | creme brulee nandu
          Œufs de Pâques           | oeufs de paques
          Fußball smørrebrød łódź  | fussball smorrebrod lodz
          İSTANBUL ısı             | istanbul isi
          ａｂｃ ﬁt                 | abc fit
          ™                        | ''
          LEGO™ Technic®           | lego technic
          καλαμάκι Ώρα             | καλαμακι ωρα
          Чёрный  ЧАЙ              | черный чай
          夏のドレス                | 夏のドレス
          ﾄﾞﾚｽ                     | ドレス
          バッグ ハッグ             | バッグ ハッグ
          မြန်မာ ထဘီ                | မြန်မာ ထဘီ
          한복 드레스               | 한복 드레스
          🎄                       | 🎄
          mug 🎄                   | mug
          ½ price                  | 1 2 price
          """)
  void spelling(@Nullable String text, String expected) {
    assertThat(KeywordPhrase.of(text).spelling()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mug      | mugs
          dress    | dresses
          box      | boxes
          watch    | watches
          brush    | brushes
          glass    | glasses
          rose     | roses
          shoe     | shoes
          hoodie   | hoodies
          hoodie   | hoody
          berry    | berries
          scarf    | scarves
          shelf    | shelves
          glove    | gloves
          robe     | robes
          housse   | housses
          bougie   | bougies
          mouche   | mouches
          chapeau  | chapeaux
          bijou    | bijoux
          jeu      | jeux
          cheveu   | cheveux
          animal   | animaux
          """)
  void aPluralIsItsSingular(String singular, String plural) {
    assertThat(PluralStemmer.tolerant(plural)).isEqualTo(PluralStemmer.tolerant(singular));
  }

  @ParameterizedTest
  @CsvSource({
    "gas, ga",
    "bus, bu",
    "yes, ye",
    "cap, cape",
    "tap, tape",
    "glass, glas",
    "vase, vas",
    "sac, sacoche",
    "cat, category",
    "чай, чаи",
    "ドレス, トレス"
  })
  void otherWordsStayApart(String one, String other) {
    assertThat(KeywordPhrase.of(one).terms()).isNotEqualTo(KeywordPhrase.of(other).terms());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          summer dress     | Dresses, Summer
          robe d'été       | Robes été
          women's coat     | coats for women
          mugs for dad     | dad mug
          sac à main       | sacs main
          """)
  void orderNumberAndStopWordsDoNotCount(String one, String other) {
    assertThat(KeywordPhrase.of(one).terms()).isEqualTo(KeywordPhrase.of(other).terms());
  }

  @ParameterizedTest
  @CsvSource({
    "#summerdress, summer dresses",
    "#robesdete, Robes d'été",
    "tshirt, T-shirts",
    "#womensdress, women's dress",
    "夏ドレス, 夏 ドレス"
  })
  void aHashtagIsItsWords(String hashtag, String words) {
    assertThat(KeywordPhrase.of(hashtag).joined()).isEqualTo(KeywordPhrase.of(words).joined());
    assertThat(KeywordPhrase.of("new " + words + " blue").found())
        .containsKey(KeywordPhrase.of(hashtag).joined());
  }

  @Test
  void stopWordsAloneAreAKeyword() {
    assertThat(KeywordPhrase.of("The").terms()).containsExactly("the");
  }
}
