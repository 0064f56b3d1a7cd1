package io.trendflow.features;

import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Matches the products of every cutoff with the keywords that have a series then, in the product's
 * market. Both the keywords and how common their terms are is what was known at the cutoff. The
 * keywords are few and go to every executor; no product meets a keyword with which it shares no
 * term.
 */
final class KeywordMatching {
  private static final StructType TERM =
      new StructType()
          .add("cutoff", DataTypes.DateType, false)
          .add("term", DataTypes.StringType, false);

  private static final StructType MATCH =
      new StructType()
          .add("cutoff", DataTypes.DateType, false)
          .add("market", DataTypes.StringType, false)
          .add("product_id", DataTypes.StringType, false)
          .add("keyword", DataTypes.StringType, false)
          .add("confidence", DataTypes.DoubleType, false)
          .add("matched_by", DataTypes.StringType, false);

  private KeywordMatching() {}

  /**
   * Matches.
   *
   * @param products rows of {@link ProductRows}; read twice
   * @param series with cutoff, market and keyword; read at once
   * @return cutoff, market, product_id, keyword, confidence, matched_by
   */
  static Dataset<Row> of(Dataset<Row> products, Dataset<Row> series, FeatureSettings settings) {
    List<Row> places =
        series.groupBy("cutoff", "market").agg(collect_set("keyword")).collectAsList();
    Set<String> keywords = new TreeSet<>();
    places.forEach(row -> keywords.addAll(row.getList(2)));
    KeywordMatcher matcher = new KeywordMatcher(new KeywordIndex(keywords));
    Map<KnownKeywords.Place, BitSet> known = new HashMap<>();
    for (Row row : places) {
      known.put(
          new KnownKeywords.Place(row.getAs(0), row.getString(1)),
          matcher.index().ids(row.getList(2)));
    }
    Map<LocalDate, TermCounts> counts = keywords.isEmpty() ? Map.of() : counts(products, matcher);
    Broadcast<KnownKeywords> all =
        JavaSparkContext.fromSparkContext(products.sparkSession().sparkContext())
            .broadcast(new KnownKeywords(matcher, known, counts, settings.decisions()));
    LastTexts texts = new LastTexts();
    FlatMapFunction<Row, Row> match =
        row -> all.value().match(row, texts.of(row)).map(found -> row(row, found)).iterator();
    return products.flatMap(match, Encoders.row(MATCH));
  }

  private static Map<LocalDate, TermCounts> counts(Dataset<Row> products, KeywordMatcher matcher) {
    LastTexts texts = new LastTexts();
    FlatMapFunction<Row, Row> terms =
        row ->
            matcher.terms(texts.of(row)).stream()
                .map(term -> RowFactory.create(row.getAs("cutoff"), term))
                .iterator();
    Dataset<Row> byTerm =
        products
            .flatMap(terms, Encoders.row(TERM))
            .groupBy("cutoff", "term")
            .agg(count(lit(1)).as("having"));
    Map<LocalDate, TermCounts> counts = new HashMap<>();
    products
        .groupBy("cutoff")
        .agg(count(lit(1)).as("products"))
        .collectAsList()
        .forEach(row -> counts.put(row.getAs(0), new TermCounts(row.getLong(1), new HashMap<>())));
    byTerm
        .collectAsList()
        .forEach(
            row ->
                Objects.requireNonNull(counts.get(row.<LocalDate>getAs(0)))
                    .byTerm()
                    .put(row.getString(1), row.getLong(2)));
    return counts;
  }

  private static Row row(Row product, KeywordMatch match) {
    return RowFactory.create(
        product.getAs("cutoff"),
        product.getAs("market"),
        product.getAs("product_id"),
        match.keyword(),
        match.confidence(),
        match.matchedBy());
  }
}
