package io.trendflow.ingestion;

import io.trendflow.ingestion.config.SourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Small valid files, one of each format. */
enum Sample {
  CSV(
      SourceKind.SALES,
      "{kind: 'sales', files: '*', columns: {product_id: 'sku', date: 'day', units: 'qty',"
          + " unit_price: 'price'}, constants: {market: 'uk'}}",
      """
      sku,day,qty,price
      pen,2024-05-01,2,1.50
      "ink, ""blue\""",2024-05-02,-1,
      ink,2024-05-02,1e3,0.5
      """),
  TSV(
      SourceKind.CATALOG,
      "{kind: 'catalog', files: '*', format: 'tsv', columns: {product_id: 'id', price: 'price',"
          + " launch_date: 'from', in_stock: 'stock', currency: 'money'}, keywords: ['terms'],"
          + " constants: {market: 'uk'}, deduplicate: true}",
      "id\tprice\tfrom\tstock\tterms\tmoney\n1\t2.5\t2024-05-01\tyes\ta;b\tGBP\n2\t\t\tno\t\t\n"),
  UNPIVOTED(
      SourceKind.TRENDS,
      "{kind: 'trends', files: '*', unpivot: {columns: ['views', 'likes'], name: 'metric'},"
          + " columns: {keyword: 'tag', date: {column: 'day', format: 'dd/MM/yyyy'},"
          + " metric: 'metric', value: {column: 'value', group: '.', decimal: ','}}}",
      """
      tag,day,views,likes
      pen,01/05/2024,"1.234,5",7
      ink,02/05/2024,10,0
      """),
  GOOGLE_TRENDS(
      SourceKind.TRENDS,
      "{kind: 'trends', files: '*', format: 'google_trends', period: 'detected', columns:"
          + " {keyword: 'keyword', date: 'date', value: 'interest', geo: 'geo'}}",
      """
      Category: All categories

      Week,red dress: (United Kingdom),"boots, brown: (Worldwide)"
      2024-04-07,<1,40
      2024-04-14,3,7
      2024-04-21,100,41
      """),
  JSON(
      SourceKind.TRENDS,
      "{kind: 'trends', files: '*', format: {type: 'json', records: '/series/*/points/*'},"
          + " period: 'detected', columns: {keyword: '../term', date: {column: 't', format:"
          + " 'epoch_seconds'}, value: 'v/0', geo: '/where'}}",
      """
      {"where": "GB", "series": [
       {"term": "pen", "points": [{"t": 1714521600, "v": [1.5e1]}, {"t": "1714608000", "v": [2]}]},
       {"term": "ink", "points": [{"t": 1714521600, "v": [0]}]}]}"""),
  JSON_LINES(
      SourceKind.CATALOG,
      "{kind: 'catalog', files: '*', format: 'json_lines', columns: {product_id: 'id', name:"
          + " 'title', price: 'price', launch_date: 'from'}, attributes: ['color']}",
      """
      {"id": 1, "title": "Pen \\u00e9", "price": 1.50, "from": "2024-05-01", "color": null}
      {"id": "b", "title": ["x", 1], "price": "2", "from": null, "color": {"c": true}}
      """),
  XML(
      SourceKind.CATALOG,
      "{kind: 'catalog', files: '*', format: {type: 'xml', records: 'entry'}, columns:"
          + " {product_id: 'id', name: 'title', price: 'price'}, constants: {market: 'fr'}}",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <feed xmlns:g="urn:g"><!-- c --><title>t</title>
      <entry><g:id>1</g:id><title><![CDATA[a <b>]]></title><price>1.5</price></entry>
      <entry><id>2</id><title>a &amp; b<br/>c</title><price/></entry></feed>
      """),
  PARQUET(
      SourceKind.SALES,
      "{kind: 'sales', files: '*.*', format: 'parquet', columns: {product_id: 'sku', date: 'day',"
          + " units: 'qty', unit_price: 'price'}, constants: {market: 'uk'}}",
      "");

  private final SourceKind kind;
  private final String source;
  private final String text;

  Sample(SourceKind kind, String source, String text) {
    this.kind = kind;
    this.source = source;
    this.text = text;
  }

  SourceKind kind() {
    return kind;
  }

  String source() {
    return source;
  }

  String file() {
    return "table." + name().toLowerCase(Locale.ROOT);
  }

  byte[] bytes() {
    return this == PARQUET ? Parquet.BYTES.clone() : text.getBytes(StandardCharsets.UTF_8);
  }

  /** The file is written once, because writing takes longer than reading. */
  private static final class Parquet {
    static final byte[] BYTES = bytes();

    private static byte[] bytes() {
      try {
        Path folder = Files.createTempDirectory("parquet");
        Path file = folder.resolve("table.parquet");
        ParquetTable.sample().write(file);
        byte[] bytes = Files.readAllBytes(file);
        TemporaryRaw.delete(folder);
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
