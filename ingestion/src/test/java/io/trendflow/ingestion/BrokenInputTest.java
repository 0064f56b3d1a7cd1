package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.raw.RawFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that were once read wrongly or caused a stack trace. */
class BrokenInputTest {
  private static final String TRENDS =
      "{kind: 'trends', files: '**', columns: {keyword: 'k', date: 'd', value: 'v'}%s}";
  private static final String XML =
      "{kind: 'catalog', files: '*', format: 'xml', columns: {product_id: 'id'}}";
  private static final String JSON =
      "{kind: 'catalog', files: '*', format: 'json_lines', columns: {product_id: 'id'}}";

  private final RawFolder raw;

  BrokenInputTest(@TempDir Path root) {
    this.raw = new RawFolder(root);
  }

  @Test
  void aZipWithANameInAnotherEncodingIsRefused() {
    byte[] zip = Packing.zip("f/", "a\u00e9.csv", "k,d,v\n".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < zip.length - 1; i++) {
      if (zip[i] == (byte) 0xC3 && zip[i + 1] == (byte) 0xA9) {
        zip[i + 1] = 'x';
      }
    }
    raw.source("s", TRENDS.formatted("")).bytes("a.csv.zip", zip);
    assertRefused("a.csv.zip (source s), after record 0: ");
  }

  @Test
  void whatUnpacksToManyTimesItsSizeIsRefused() {
    byte[] bomb = RawFolder.gzip("{\"id\":\"" + "0".repeat(70 << 20));
    raw.source("s", JSON).bytes("a.json.gz", bomb);
    assertRefused("a.json.gz (source s), after record 0: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k\u2028,\"d\n\n\u001b[31m\",\"v\rx\"\n",
        "k,d,\u0085w\u0007\n",
        "{}",
      })
  void aRefusalIsOneLine(String header) {
    raw.source("s", TRENDS.formatted("")).text("a.csv", header);
    assertRefused("a.csv (source s) has no column ");
  }

  @Test
  void aHeaderOfManyColumnsIsNotRepeatedInFull() {
    raw.source("s", TRENDS.formatted("")).text("a.csv", "column,".repeat(5_000) + "x".repeat(999));
    assertRefused("a.csv (source s) has no column k");
  }

  @Test
  void manyNamesInJsonAreNotRepeatedInFull() {
    StringBuilder json = new StringBuilder("{\"a\\nb\":1");
    for (int i = 0; i < 5_000; i++) {
      json.append(",\"name").append(i).append("\":1");
    }
    raw.source(
            "s",
            "{kind: 'catalog', files: '*', format: {type: 'json', records: '/list/*'},"
                + " columns: {product_id: 'id'}}")
        .text("a.json", json.append("}").toString());
    assertRefused("a.json (source s) has nothing at /list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Week,pen\n+999999999-12-30,1\n+999999999-12-31,2\n",
        "Week,pen\n+999999999-12-31,1\n+999999999-12-31,2\n",
        "Month,pen\n+999999999-12,1\n+999999999-12,2\n"
      })
  void daysAtTheEndOfTimeAreRefused(String text) {
    raw.preset("s", "google-trends", "{files: '*'}").text("a.csv", text);
    assertRefused("a.csv (source s) has ");
  }

  @Test
  void aSearchTermInManyBracketsIsRead() {
    String term = "pen: (" + "(a)".repeat(20_000) + ")";
    raw.preset("s", "google-trends", "{files: '*'}")
        .text("a.csv", "Week," + term + "\n2024-05-05,1\n2024-05-12,2\n");
    assertThat(raw.records("keyword value")).containsExactly("pen 1.0", "pen 2.0", "read 2");
  }

  @Test
  void aLineLongerThanGoogleTrendsHeaderIsRefused() {
    raw.preset("s", "google-trends", "{files: '*'}")
        .text("a.csv", "Week,pen\n2024-05-05,1\n2024-05-12,2,3\n");
    assertRefused("a.csv (source s) has 3 fields in the line of `2024-05-12`");
  }

  @Test
  void emptyFieldsBehindALineOfGoogleTrendsSayNothing() {
    raw.preset("s", "google-trends", "{files: '*'}")
        .text("a.csv", "Week,pen\n2024-05-05,1,,\n2024-05-12,2, \n");
    assertThat(raw.records("value")).containsExactly("1.0", "2.0", "read 2");
  }

  @Test
  void aTrendWithoutDatesHasNoPeriodToDetect() {
    raw.source(
            "s",
            "{kind: 'trends', files: '**', period: 'detected', columns: {keyword: 'k', value:"
                + " 'v'}}")
        .text("pulled_at=2024-05-01/a.csv", "k,v\npen,1\n");
    assertRefused("pulled_at=2024-05-01/a.csv (source s) has no dates");
  }

  @Test
  void aKeywordOfNothingButSpacesIsMissing() {
    raw.source("s", TRENDS.formatted("")).text("a.csv", "k,d,v\n\u00a0,2024-05-01,1\n");
    assertThat(raw.records("keyword")).containsExactly("rejected missing_value", "read 1");
  }

  @Test
  void twoFieldsTooManyAreNoCellOfAnUnpivotedTable() {
    String unpivot = ", unpivot: {columns: ['x'], name: 'm', value: 'v'}";
    raw.source("s", TRENDS.formatted(unpivot))
        .text("a.csv", "k,d,x\npen,2024-05-01,1\npen,2024-05-01,1,m,99\npen,2024-05-01\n");
    assertThat(raw.records("keyword value"))
        .containsExactly("pen 1.0", "rejected column_count", "rejected column_count", "read 3");
  }

  @Test
  @Timeout(20)
  void aNumberOfAMillionDigitsIsNoNumber() {
    String digits = "7".repeat(3_000_000);
    String filters = ", filters: [{rule: 'none', column: 'v', keep_above: 0}]";
    raw.source("s", TRENDS.formatted(filters))
        .text("a.csv", "k,d,v\npen,2024-05-01," + digits + "\n");
    assertThat(raw.records("value")).containsExactly("rejected bad_number", "read 1");
  }

  @Test
  void aFilterReadsNumbersAsItsColumnHasThem() {
    String decimal =
        """
        {kind: 'trends', files: '*', constants: {metric: 'views'},
         columns: {keyword: 'k', date: 'd', value: {column: 'v', decimal: ',', group: '.'}},
         filters: [{rule: 'few', column: 'v', keep_above: 0.5}]}""";
    raw.source("s", decimal)
        .text(
            "a.csv", "k,d,v\na,2024-05-01,\"0,45\"\nb,2024-05-01,\"1.000,5\"\nc,2024-05-01,0.6\n");
    assertThat(raw.records("keyword value"))
        .containsExactly("excluded few", "b 1000.5", "rejected bad_number", "read 3");
  }

  @Test
  void anElementOfJsonWithoutRecordsHasNone() {
    String lines =
        "{kind: 'catalog', files: '*', format: {type: 'json', records: '/orders/*/lines/*'},"
            + " columns: {product_id: 'id'}}";
    raw.source("s", lines)
        .text("a.json", "{\"orders\":[{\"lines\":[{\"id\":\"a\"}]},{},{\"lines\":null}]}");
    assertThat(raw.records("product_id")).containsExactly("a", "read 1");
  }

  @Test
  void aPathThatNoElementHasIsRefused() {
    String lines =
        "{kind: 'catalog', files: '*', format: {type: 'json', records: '/orders/*/lines/*'},"
            + " columns: {product_id: 'id'}}";
    raw.source("s", lines).text("a.json", "{\"orders\":[{\"items\":[]},{\"items\":[]}]}");
    assertRefused("a.json (source s) has nothing at /orders/*/lines; the names there are [items]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0e20", "-0E+999999999", "0"})
  void zeroIsZeroWithAnyExponent(String zero) {
    raw.source("s", TRENDS.formatted("")).text("a.csv", "k,d,v\npen,2024-05-01," + zero + "\n");
    assertThat(raw.records("value")).containsExactly("0.0", "read 1");
  }

  @Test
  void numbersOfJsonKeepTheirDigits() {
    raw.source("s", JSON).text("a.json", "{\"id\":100.0}\n{\"id\":1200}\n{\"id\":0.50}\n");
    assertThat(raw.records("product_id")).containsExactly("100.0", "1200", "0.50", "read 3");
  }

  @Test
  void aNumberOfJsonWithAnExponentThatNoneHasIsRefused() {
    raw.source("s", JSON).text("a.json", "{\"id\":-0e99999999999}\n");
    assertRefused("a.json (source s) is not valid JSON in line 1");
  }

  @Test
  void deepJsonIsRefused() {
    raw.source("s", JSON).text("a.json", "{\"id\":".repeat(100_000) + "\n");
    assertRefused("a.json (source s) is not valid JSON in line 1");
  }

  @Test
  void nothingInAListOfJsonIsNoText() {
    raw.source("s", JSON).text("a.json", "{\"id\":[null,\"a\",null,1]}\n");
    assertThat(raw.records("product_id")).containsExactly("a;1", "read 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE f [<!ENTITY x 'y'>]><f><item><id>a&x;b</id></item></f>",
        "<!DOCTYPE f SYSTEM 'file:///etc/hostname'><f><item><id>a&x;b</id></item></f>",
        "<f><item><id>a&x;b</id></item></f>",
        "<f><item><id>a",
        "<f",
        "",
        "<f><item><id>a&#0;</id></item></f>",
        "<f><item xmlns:a=''><id>a</id></item></f>",
        "<?xml version='1.1'?><f><item><id>a\u0085&#1;</id></item></f><",
      })
  void whatXmlLeavesOutIsRefused(String text) {
    raw.source("s", XML).text("a.xml", text);
    assertThat(raw.records("product_id"))
        .last()
        .asString()
        .startsWith("refused a.xml (source s), after record ")
        .matches("[^\\p{Cntrl}]*");
  }

  @Test
  void aRefusalOfXmlIsShortHoweverLongTheTextThatItRepeats() {
    raw.source("s", XML).text("a.xml", "<?xml version=\"" + "1 ".repeat(5_000) + "\"?><f/>");
    assertThat(raw.records("product_id").toString())
        .contains("a.xml (source s), after record 0: it is not valid XML (ParseError")
        .hasSizeLessThan(700);
  }

  @Test
  @Timeout(20)
  void manyElementsOfOneNameTakeNoLongerThanOthers() {
    raw.source("s", XML)
        .text("a.xml", "<f><item>" + "<id>pen</id>".repeat(200_000) + "</item></f>");
    assertThat(raw.records("product_id")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(\\w|-)*", "(?:a|b)*(x?)"})
  void aTextTooLongForItsPatternIsRefusedOrRejected(String pattern) {
    raw.source(
            "s",
            "{kind: 'catalog', files: '*', columns: {product_id: {column: 'id', extract: '%s'}}}"
                .formatted(pattern.replace("\\", "\\\\")))
        .text("a.csv", "id\n" + "ab".repeat(100_000) + "\n");
    List<String> records = raw.records("product_id");
    assertThat(records).last().asString().matches("(read 1|refused a.csv .*)");
  }

  private void assertRefused(String beginning) {
    assertThat(raw.records("day"))
        .singleElement()
        .asString()
        .startsWith("refused " + beginning)
        .hasSizeLessThan(2_000)
        .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
  }
}
