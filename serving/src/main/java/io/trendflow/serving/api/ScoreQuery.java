package io.trendflow.serving.api;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.history.Lifecycle;
import io.trendflow.serving.snapshot.PageCursor;
import io.trendflow.serving.snapshot.ScoreFilters;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.store.RecordType;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.QueryParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a list of scores, as it was sent. */
@Introspected
public record ScoreQuery(
    HttpRequest<?> request,
    @InMarket @Nullable @QueryValue String market,
    @Parameter(description = "Only this category; `categories` lists them.") @Nullable @QueryValue
        String category,
    @Parameter(description = "Only this brand; `brands` lists them.") @Nullable @QueryValue
        String brand,
    @Parameter(
            description = "Only this lifecycle.",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"launch", "delayed", "new", "established"}))
        @Nullable
        @QueryValue
        String lifecycle,
    @Parameter(
            name = "min_potential",
            description = "Only scores of at least this potential.",
            schema = @Schema(type = "number", minimum = "0", maximum = "100"))
        @Nullable
        @QueryValue("min_potential")
        String minPotential,
    @Parameter(
            description =
                "Only products with all of these words in id, name, brand or category, case and"
                    + " accents aside.",
            schema =
                @Schema(
                    type = "string",
                    minLength = 1,
                    maxLength = 200,
                    pattern = QueryParameters.TEXT))
        @Nullable
        @QueryValue
        String q,
    @Parameter(
            description = "Order, the largest first.",
            schema =
                @Schema(
                    type = "string",
                    defaultValue = "potential",
                    allowableValues = {
                      "potential",
                      "uplift_units",
                      "uplift_revenue",
                      "expected_units",
                      "growth"
                    }))
        @Nullable
        @QueryValue
        String sort,
    @Parameter(
            description = "Most items of the answer: 50 by default; in CSV all.",
            schema = @Schema(type = "integer", minimum = "1", maximum = "500"))
        @Nullable
        @QueryValue
        String limit,
    @Parameter(
            description =
                "`next_cursor` of the answer before this one, with the same sort. It holds in a"
                    + " later run too: the page begins behind the same place in the new order;"
                    + " `run_id` tells that the run is another.")
        @Nullable
        @QueryValue
        String cursor,
    @Parameter(
            description =
                "Only these fields of the items, separated by commas. CSV has no `reasons`.",
            array = @ArraySchema(schema = @Schema(type = "string")),
            explode = Explode.FALSE)
        @Nullable
        @QueryValue
        String fields) {

  static final int MOST = 500;
  public static final int USUAL = 50;

  /** The columns of a score. */
  static final List<String> COLUMNS = new RecordType<>(ScoreRecord.class).columns();

  /** Those that fit into a cell of CSV; a reason has columns of its own. */
  static final List<String> CSV_COLUMNS =
      COLUMNS.stream().filter(column -> !column.equals("reasons")).toList();

  private static final int LONGEST_SEARCH = 200;

  /** The filters, checked against what the caller may see. */
  public ScoreFilters filters(CallerView view) {
    String query = QueryParameters.text(q);
    if (query != null && query.length() > LONGEST_SEARCH) {
      throw QueryParameters.refused(
          "q", "Parameter 'q' is longer than " + LONGEST_SEARCH + " characters.");
    }
    return new ScoreFilters(
        QueryParameters.oneOf("market", market, view.markets()),
        category == null ? null : QueryParameters.oneOf("category", category, view.categories()),
        brand == null ? null : QueryParameters.oneOf("brand", brand, view.brands()),
        QueryParameters.oneOf("lifecycle", lifecycle, Lifecycle.SCORED),
        QueryParameters.number("min_potential", minPotential, 100),
        query);
  }

  public ScoreSort order() {
    String name = QueryParameters.oneOf("sort", sort, ScoreSort.NAMES);
    return name == null ? ScoreSort.POTENTIAL : ScoreSort.of(name);
  }

  /** Most rows, the given number where none is asked for. */
  public int most(int missing) {
    return QueryParameters.whole("limit", limit, missing, 1, MOST);
  }

  /** The cursor, null for the first page. */
  public @Nullable PageCursor from() {
    String text = QueryParameters.text(cursor);
    if (text == null) {
      return null;
    }
    PageCursor from =
        PageCursor.of(text)
            .orElseThrow(
                () ->
                    QueryParameters.refused(
                        "cursor",
                        "Parameter 'cursor' is none that this service made: take next_cursor of an"
                            + " answer, or leave it out to begin again."));
    if (from.sort() != order()) {
      throw QueryParameters.refused(
          "cursor",
          "Parameter 'cursor' is of a list that is sorted by "
              + from.sort().label()
              + ", this one by "
              + order().label()
              + ".");
    }
    return from;
  }

  /** The asked fields, of those that there are. */
  List<String> columns(List<String> present) {
    return QueryParameters.someOf("fields", fields, present);
  }
}
