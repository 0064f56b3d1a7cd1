package io.trendflow.ingestion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.trendflow.ingestion.raw.RawFolder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  @Test
  void whatIsAbsentTakesItsDefault() {
    SourceConfig source =
        RawFolder.source(
            "{kind: 'sales', files: '*.csv', columns: {product_id: 'id', date: 'd', units: 'u'}}");
    assertThat(source.format()).isEqualTo(FormatConfig.DEFAULT);
    assertThat(source.period()).isEqualTo(RecordPeriod.DAY);
    assertThat(source.lag()).isZero();
    assertThat(source.maxRejected()).isEqualTo(0.01);
    assertThat(source.deduplicate()).isFalse();
    assertThat(source.columns()).containsEntry("date", ColumnConfig.of("d"));
  }

  @Test
  void aSourceIsReadAndWrittenWithoutLoss() throws JsonProcessingException {
    SourceConfig source =
        RawFolder.source(
            """
            {kind: 'trends', files: 't/**', format: {delimiter: ';', encoding: 'windows-1252'},
             period: 'week', lag: '36h', deduplicate: true, max_rejected: 0.2,
             columns: {keyword: {column: 'k', uppercase: true}, value: 'v',
                       date: {column: 'd', format: 'd/M/yyyy'}},
             constants: {geo: 'GB'},
             filters: [{rule: 'partial', column: 'p', drop_matching: 'True'},
                       {rule: 'low', column: 'v', keep_above: 3}]}""");
    assertThat(source.lag()).isEqualTo(Duration.ofHours(36));
    assertThat(source.columns())
        .containsEntry(
            "keyword",
            new ColumnConfig(List.of("k"), null, null, null, null, null, null, true, null, null));
    String written = RawFolder.MAPPER.writeValueAsString(source);
    assertThat(written).contains("\"lag\":\"36h\"", "\"kind\":\"trends\"", "\"period\":\"week\"");
    assertThat(RawFolder.source(written)).isEqualTo(source);
  }

  @Test
  void aMarketAndACatalogueAreReadAndWritten() throws JsonProcessingException {
    CatalogConfig catalog =
        RawFolder.read("{infer_from_sales: true, known_before_launch: '28d'}", CatalogConfig.class);
    assertThat(catalog).isEqualTo(new CatalogConfig(true, Duration.ofDays(28)));
    assertThat(RawFolder.read(RawFolder.MAPPER.writeValueAsString(catalog), CatalogConfig.class))
        .isEqualTo(catalog);
    MarketConfig market = RawFolder.read("{trend_geos: ['GB']}", MarketConfig.class);
    assertThat(market).isEqualTo(new MarketConfig(null, "UTC", "GB", List.of("GB")));
    assertThat(RawFolder.read(RawFolder.MAPPER.writeValueAsString(market), MarketConfig.class))
        .isEqualTo(market);
  }

  @ParameterizedTest
  @CsvSource({"28d,672", "36h,36", "0d,0", "48h,48"})
  void durationsAreDaysOrHours(String text, long hours) {
    assertThat(DurationFormat.parse(text)).isEqualTo(Duration.ofHours(hours));
    assertThat(DurationFormat.parse(DurationFormat.format(DurationFormat.parse(text))))
        .isEqualTo(Duration.ofHours(hours));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "28", "-1d", "1.5d", "P28D", "3w"})
  void otherDurationsAreRefused(String text) {
    assertThatThrownBy(() -> DurationFormat.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "`" + text + "` is not a valid duration: use whole days or hours, such as 28d or 36h.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "files: 'a'|kind is missing: use sales, catalog, trends, stock or calendar.",
        "kind: 'catalog', columns: {product_id: 'a'}|files is missing: set it to a glob below raw.path",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a', units: 'b'}|a catalog source has"
            + " no field units: its fields are [product_id, name, category, brand, price, currency,"
            + " launch_date, discontinued_on, in_stock, on_hand, market, unit_cost, lead_time_days, moq,"
            + " pack_size, supplier, salvage_rate, image_url, url]",
        "kind: 'sales', files: 'a', columns: {product_id: 'a', date: 'b'}|units is missing: a"
            + " sales source needs a column or a constant for it.",
        "kind: 'catalog', files: 'a', columns: {product_id: {column: 'a', format: 'y'}}"
            + "|product_id has format `y`: only a date can have a format.",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a', launch_date: {column: 'b', format:"
            + " 'jj'}}|format is `jj`: use a date pattern such as yyyy-MM-dd HH:mm:ss.",
        "kind: 'catalog', files: 'a', columns: {product_id: {uppercase: true}}|column is missing",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a'}, lag: '1d'|period, lag, cadence and unpivot"
            + " do not apply to a catalog source: see catalog.known_before_launch.",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a'}, max_rejected: 2|max_rejected is"
            + " 2.0: use a share from 0 to 1.",
        "kind: 'trends', files: 'a', columns: {keyword: 'a', date: 'b', value: 'c'}, keywords:"
            + " ['x']|keywords and attributes belong to a catalog source, but the kind is trends.",
        "kind: 'sales', files: 'a', columns: {product_id: 'a', date: 'b', units: 'c', revenue: 'd',"
            + " unit_price: 'e'}|unit_price and revenue are both given: keep one of the two.",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a'}, format: {delimiter: ';;'}"
            + "|format.delimiter is `;;`: use one character",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a'}, format: {encoding: 'utf8x'}"
            + "|format.encoding is `utf8x`: use a name such as UTF-8 or windows-1252.",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a'}, filters: [{rule: 'x', column:"
            + " 'a'}]|filter x has 0 conditions: use exactly one of keep_matching, drop_matching",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a'}, filters: [{rule: 'duplicate',"
            + " column: 'a', keep_above: 0}]|rule is `duplicate`: use lower-case",
        "kind: 'catalog', files: 'a', columns: {product_id: 'a'}, filters: [{rule: 'x', column:"
            + " 'a', keep_matching: '('}]|filter x: `(` is not a valid regular expression: Unclosed group",
      })
  void aWrongSourceIsRefusedInASentence(String json, String sentence) {
    assertThatThrownBy(() -> RawFolder.source("{" + json + "}"))
        .hasStackTraceContaining("IllegalArgumentException: " + sentence);
  }

  @Test
  void aWrongMarketIsRefusedInASentence() {
    assertThatThrownBy(() -> new MarketConfig("pounds", null, null, null))
        .hasMessage("currency is `pounds`: use an ISO 4217 code such as EUR.");
    assertThatThrownBy(() -> new MarketConfig(null, "London", null, null))
        .hasMessage("time_zone is `London`: use a name such as Europe/London.");
  }
}
