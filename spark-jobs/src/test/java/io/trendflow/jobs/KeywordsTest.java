package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.features.FeatureRows;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows a decision in a tiny shop: export, edit, feed back. */
class KeywordsTest {
  private static final LocalDate LAST = LocalDate.parse("2024-06-30");

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path folder;

  @BeforeEach
  void ingest(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path raw = Files.createDirectories(folder.resolve("raw"));
    StringBuilder orders = new StringBuilder("sku,day,qty,price\n");
    StringBuilder trends = new StringBuilder("keyword,date,value,geo\n");
    for (LocalDate day = LAST.minusDays(400); !day.isAfter(LAST); day = day.plusDays(1)) {
      orders.append("d1,%s,3,10\n=d2,%s,2,10\nl3,%s,1,10\n".formatted(day, day, day));
    }
    int week = 0;
    for (LocalDate day = LAST.minusDays(406); day.isBefore(LAST.minusDays(6)); week++) {
      trends.append("summer dresses,%s,%d,GB\n".formatted(day, 10 + week));
      trends.append("#GardenParty,%s,%d,GB\n".formatted(day, 100 - week));
      trends.append("dress,%s,50,FR\n".formatted(day));
      day = day.plusDays(7);
    }
    Files.writeString(raw.resolve("orders.csv"), orders);
    Files.writeString(raw.resolve("trends.csv"), trends);
    Files.writeString(
        raw.resolve("catalogue.csv"),
        """
        id,title,category,brand,terms
        d1,Summer Dress,Clothing,Acme,
        =d2,"=HYPERLINK(""http://x"") summer dress",Clothing,Acme,
        l3,Lamp,Light,,
        """);
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        raw: {path: %s}
        store: {path: %s}
        markets:
          uk: {currency: GBP, trend_geos: [GB]}
        sources:
          orders:
            kind: sales
            files: orders.csv
            columns: {product_id: sku, date: day, units: qty, unit_price: price}
            constants: {market: uk}
          catalogue:
            kind: catalog
            files: catalogue.csv
            columns: {product_id: id, name: title, category: category, brand: brand}
            constants: {market: uk}
            keywords: [terms]
          trends:
            kind: trends
            files: trends.csv
            period: week
            columns: {keyword: keyword, date: date, value: value, geo: geo}
        """
            .formatted(raw, folder.resolve("store")));
    Ingest.run(context(), false);
  }

  private JobContext context(String... sets) {
    JobConfig config = JobConfig.load(folder.resolve("shop.yaml"), Map.of(), List.of(sets));
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    return JobContext.open(SharedSpark.session(), config, progress, Clock.systemUTC());
  }

  @Test
  void aDecisionThatIsFedBackChangesTheFeaturesAndTheIds() throws IOException {
    Path review = folder.resolve("review.csv");
    Keywords.Result first = Keywords.run(context(), Optional.empty(), review.toString());
    assertThat(first).isEqualTo(new Keywords.Result(review.toString(), LAST, 3, 0));
    assertThat(Files.readString(review).lines().toList())
        .containsExactly(
            "\uFEFFmarket,product_id,name,category,brand,keyword,confidence,matched_by,decision",
            "uk,d1,Summer Dress,Clothing,Acme,summer dresses,0.900,name,",
            "uk,'=d2,\"'=HYPERLINK(\"\"http://x\"\") summer dress\",Clothing,Acme,summer"
                + " dresses,0.514,name,",
            "uk,l3,Lamp,Light,,,,,");

    JobContext before = context();
    String edited =
        Files.readString(review)
                .replace("0.900,name,", "0.900,name,no")
                .replace("0.514,name,", "0.514,name,yes")
                .replace("Lamp,Light,,,,,", "Lamp,Light,,garden-party,,,")
            + "uk,l3,,,,#gardenparty,,,yes\nuk,gone,,,,summer dresses,,,yes\n";
    Files.writeString(review, edited);
    JobContext after = context("features.keyword_review=" + review);
    assertThat(rising(before)).containsExactly("d1");
    assertThat(rising(context("features.keyword_confidence=0.5"))).containsExactly("=d2", "d1");
    assertThat(rising(after)).containsExactly("=d2");

    String id = TableSnapshot.of(after).settingsId();
    Files.writeString(review, edited + "uk,d1,,,,dress,,,no\n");
    assertThat(TableSnapshot.of(after).settingsId()).isNotEqualTo(id);
    assertThat(TrainingSetup.of(after, Optional.empty(), false).modelId())
        .isNotEqualTo(TrainingSetup.of(before, Optional.empty(), false).modelId());

    Keywords.Result again = Keywords.run(after, Optional.empty(), review.toString());
    assertThat(again.decisions()).isEqualTo(5);
    assertThat(Files.readString(review).lines().skip(1).toList())
        .containsExactly(
            "uk,d1,Summer Dress,Clothing,Acme,,,,",
            "uk,'=d2,\"'=HYPERLINK(\"\"http://x\"\") summer dress\",Clothing,Acme,summer"
                + " dresses,1.000,reviewed,yes",
            "uk,l3,Lamp,Light,,#gardenparty,1.000,reviewed,yes",
            "uk,d1,,,,dress,,,no",
            "uk,d1,,,,summer dresses,,,no",
            "uk,gone,,,,summer dresses,,,yes");
  }

  // The products whose trend features show a rising interest.
  private static List<String> rising(JobContext context) {
    TableSnapshot snapshot = TableSnapshot.of(context);
    return FeatureRows.at(snapshot.tables(), List.of(LAST), snapshot.settings())
        .rows()
        .filter(col("trend_slope_12").gt(0))
        .orderBy("product_id")
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs("product_id"))
        .toList();
  }
}
