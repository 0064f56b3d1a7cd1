package io.trendflow.serving.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.annotation.RouteCondition;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.trendflow.serving.bulk.ParquetExport;
import io.trendflow.serving.snapshot.PageCursor;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.UsualProblems;
import io.trendflow.serving.web.WorkbookFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Routes about the scores of the latest run. */
@Controller("/api/v1/recommendations")
@UsualProblems
@Tag(name = "products")
public final class RecommendationsController {
  private final EarlierRuns runs;
  private final RecommendationWorkbook workbook;
  private final ParquetExport parquet;

  RecommendationsController(
      EarlierRuns runs, RecommendationWorkbook workbook, ParquetExport parquet) {
    this.runs = runs;
    this.workbook = workbook;
    this.parquet = parquet;
  }

  /**
   * Returns recommendations of the latest or an earlier run, the most promising first. They are
   * ordered by the requested sort, the largest value first; ties are ordered by the uplift that the
   * run is ranked by, then by product_id and market. A request that accepts text/csv gets a header
   * line, all rows unless limit is given, and the main reason as a sentence; a request that accepts
   * application/vnd.apache.parquet gets the same columns as a Parquet file; a request that accepts
   * the media type of .xlsx gets a workbook of at most 50,000 rows with all reasons.
   */
  @Operation(operationId = "listRecommendations")
  @Get
  @ApiResponse(
      responseCode = "404",
      description = "The requested run does not exist.",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  @ExecuteOn(TaskExecutors.BLOCKING)
  Answer<ScoreRecord> recommendations(@RequestBean ScoreQuery query, @RequestBean RunQuery run) {
    CallerView view = run.view(CallerView.of(query.request()), runs);
    query.columns(ScoreQuery.COLUMNS);
    CallerView.Listed page = page(query, view, ScoreQuery.USUAL);
    PageCursor next = page.next();
    return Answer.of(view, page.total(), next == null ? null : next.text(), page.items());
  }

  // This is the operation above: Javadoc here would replace its texts in the description.
  @Operation(operationId = "listRecommendations")
  @Get
  @Produces(CsvAnswer.MEDIA_TYPE)
  @RouteCondition("#{T(io.trendflow.serving.api.CsvAnswer).isAskedBy(request)}")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @ApiResponse(
      responseCode = "200",
      description = "The scores of the latest run.",
      content = @Content(mediaType = CsvAnswer.MEDIA_TYPE, schema = @Schema(type = "string")))
  StreamedFile recommendationsAsCsv(
      @RequestBean ScoreQuery query,
      @RequestBean RunQuery run,
      @LocalizedHeader @Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String languages) {
    return csv(query, run.view(CallerView.of(query.request()), runs));
  }

  /** Returns recommendations of the latest run as CSV, as the route does. */
  public StreamedFile recommendationsAsCsv(ScoreQuery query, @Nullable String languages) {
    return csv(query, CallerView.of(query.request()));
  }

  private static StreamedFile csv(ScoreQuery query, CallerView view) {
    CallerView.Listed all = page(query, view, Integer.MAX_VALUE);
    InputStream rows =
        CsvAnswer.of(
            all.items(),
            ScoreRecord.class,
            query.columns(ScoreQuery.CSV_COLUMNS),
            mainReason(view));
    return new StreamedFile(rows, MediaType.of(CsvAnswer.MEDIA_TYPE))
        .attach("recommendations-" + view.run().asOf() + ".csv");
  }

  private static Map<String, Function<ScoreRecord, @Nullable Object>> mainReason(CallerView view) {
    return Map.of(
        ScoreQuery.MAIN_FAMILY,
        score -> score.reasons().isEmpty() ? null : score.reasons().get(0).family(),
        ScoreQuery.MAIN_REASON,
        score -> view.words().sentences(score).stream().findFirst().orElse(null));
  }

  // This is the first operation, too.
  @Operation(operationId = "listRecommendations")
  @Get
  @Produces(ParquetExport.MEDIA_TYPE)
  @RouteCondition("#{T(io.trendflow.serving.bulk.ParquetExport).isAskedBy(request)}")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @ApiResponse(
      responseCode = "200",
      description = "The scores of the latest run.",
      content =
          @Content(
              mediaType = ParquetExport.MEDIA_TYPE,
              schema = @Schema(type = "string", format = "binary")))
  StreamedFile recommendationsAsParquet(
      @RequestBean ScoreQuery query,
      @RequestBean RunQuery run,
      @LocalizedHeader @Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String languages) {
    CallerView view = run.view(CallerView.of(query.request()), runs);
    return parquet.of(
        page(query, view, Integer.MAX_VALUE).items(),
        ScoreRecord.class,
        query.columns(ScoreQuery.CSV_COLUMNS),
        mainReason(view),
        "recommendations-" + view.run().asOf());
  }

  // This is the first operation, too.
  @Operation(operationId = "listRecommendations")
  @Get
  @Produces(WorkbookFile.MEDIA_TYPE)
  @RouteCondition("#{T(io.trendflow.serving.api.RecommendationWorkbook).isAskedBy(request)}")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @ApiResponse(
      responseCode = "200",
      description = "The scores of the latest run.",
      content =
          @Content(
              mediaType = WorkbookFile.MEDIA_TYPE,
              schema = @Schema(type = "string", format = "binary")))
  HttpResponse<byte[]> recommendationsAsWorkbook(
      @RequestBean ScoreQuery query,
      @RequestBean RunQuery run,
      @LocalizedHeader @Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String languages)
      throws IOException {
    return workbook(query, run.view(CallerView.of(query.request()), runs));
  }

  /** Returns recommendations of the latest run as a workbook, at most 50,000 rows. */
  public HttpResponse<byte[]> workbook(ScoreQuery query) throws IOException {
    return workbook(query, CallerView.of(query.request()));
  }

  private HttpResponse<byte[]> workbook(ScoreQuery query, CallerView view) throws IOException {
    CallerView.Listed all = page(query, view, RecommendationWorkbook.MOST_ROWS);
    return workbook.of(query.request(), view, all.items());
  }

  private static CallerView.Listed page(ScoreQuery query, CallerView view, int usual) {
    return view.list(query.filters(view), query.order(), query.from(), query.most(usual));
  }
}
