package io.trendflow.serving.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.util.HttpHostResolver;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.SiteAddress;
import io.trendflow.serving.web.WorkbookFile;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.dhatim.fastexcel.HyperLink;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Workbook (.xlsx) of recommendations: a row for each product with its reasons in words and a link
 * to its page, below a header that stays visible and filters.
 */
@Singleton
final class RecommendationWorkbook {
  /** Maximum number of rows, which a person can still open. */
  static final int MOST_ROWS = 50_000;

  private static final MediaType TYPE = MediaType.of(WorkbookFile.MEDIA_TYPE);
  private static final String WHOLE = "#,##0";
  private static final String MONEY = "#,##0.00";
  private static final String SHARE = "0%";
  private static final int ROWS_IN_MEMORY = 1000;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("rank", 6, WHOLE, ScoreRecord::rank),
          new Column("market", 9, null, ScoreRecord::market),
          new Column("product_id", 14, null, ScoreRecord::productId),
          new Column("name", 36, null, ScoreRecord::name),
          new Column("category", 20, null, ScoreRecord::category),
          new Column("brand", 16, null, ScoreRecord::brand),
          new Column("lifecycle", 12, null, ScoreRecord::lifecycle),
          new Column("potential", 10, "0.0", ScoreRecord::potential),
          new Column("chance", 9, SHARE, ScoreRecord::chance),
          new Column("expected_units", 15, WHOLE, ScoreRecord::expectedUnits),
          new Column("lower_units", 12, WHOLE, ScoreRecord::lowerUnits),
          new Column("upper_units", 12, WHOLE, ScoreRecord::upperUnits),
          new Column("baseline_units", 15, WHOLE, ScoreRecord::baselineUnits),
          new Column("uplift_units", 13, WHOLE, ScoreRecord::upliftUnits),
          new Column("uplift_revenue", 15, MONEY, ScoreRecord::upliftRevenue),
          new Column("price", 10, MONEY, ScoreRecord::price),
          new Column("currency", 9, null, ScoreRecord::currency),
          new Column("growth", 9, SHARE, ScoreRecord::growth));

  private final HttpHostResolver hosts;

  /**
   * Column of the sheet.
   *
   * @param width width in characters
   * @param format format of a number; null for text
   * @param value text or number of a row
   */
  private record Column(
      String name,
      int width,
      @Nullable String format,
      Function<ScoreRecord, @Nullable Object> value) {}

  RecommendationWorkbook(HttpHostResolver hosts) {
    this.hosts = hosts;
  }

  /** Returns whether the request's Accept header names the media type of workbooks. */
  static boolean isAskedBy(HttpRequest<?> request) {
    return request.accept().contains(TYPE);
  }

  /** Returns a file with rows, whose reasons are in the language of the view. */
  HttpResponse<byte[]> of(HttpRequest<?> request, CallerView view, List<ScoreRecord> rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(rows, view.words(), hosts.resolve(request), out);
    return WorkbookFile.attach(out.toByteArray(), "recommendations-" + view.run().asOf());
  }

  private static void write(
      List<ScoreRecord> rows, ReasonTexts words, String site, ByteArrayOutputStream out)
      throws IOException {
    Workbook workbook = new Workbook(out, "TrendFlow", "1.0");
    Worksheet sheet = workbook.newWorksheet("Recommendations");
    int reasons = COLUMNS.size();
    sheet.freezePane(0, 1);
    sheet.setAutoFilter(0, 0, rows.size(), reasons);
    for (int i = 0; i < reasons; i++) {
      sheet.value(0, i, COLUMNS.get(i).name());
      sheet.width(i, COLUMNS.get(i).width());
    }
    sheet.value(0, reasons, "reasons");
    sheet.width(reasons, 90);
    sheet.range(0, 0, 0, reasons).style().bold().set();
    int row = 0;
    for (ScoreRecord score : rows) {
      row++;
      for (int i = 0; i < reasons; i++) {
        cell(sheet, row, i, COLUMNS.get(i), score, site);
      }
      sheet.value(row, reasons, String.join(". ", words.sentences(score)));
      if (row % ROWS_IN_MEMORY == 0) {
        sheet.flush();
      }
    }
    workbook.finish();
  }

  private static void cell(
      Worksheet sheet, int row, int column, Column of, ScoreRecord score, String site) {
    Object value = of.value().apply(score);
    if (value instanceof Number number) {
      sheet.value(row, column, number);
      sheet.style(row, column).format(of.format()).set();
    } else if (value != null && of.name().equals("product_id")) {
      String page = site + SiteAddress.product(score.productId(), score.market());
      sheet.hyperlink(row, column, new HyperLink(page, value.toString()));
    } else if (value != null) {
      sheet.value(row, column, value.toString());
    }
  }
}
