package io.trendflow.serving.api;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.history.Lifecycle;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.serving.snapshot.PageCursor;
import io.trendflow.serving.snapshot.ScoreBounds;
import io.trendflow.serving.snapshot.ScoreFilters;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.store.RecordType;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.web.QueryParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Query parameters of a list of scores, as sent. */
@Introspected
public record ScoreQuery(
    HttpRequest<?> request,
    @InMarket @Nullable @QueryValue String market,
    @Parameter(description = "Only this category; /api/v1/categories lists them.")
        @Nullable
        @QueryValue
        String category,
    @Parameter(description = "Only this brand; /api/v1/brands lists them.") @Nullable @QueryValue
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
            description =
                "Only this state: likely to beat the usual pace (riser), to stay below it (sinker),"
                    + " to keep it (flat), or too uncertain to tell (unsure).",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"riser", "flat", "sinker", "unsure"}))
        @Nullable
        @QueryValue
        String state,
    @Parameter(
            description = "Only products whose main reason is of this family of inputs.",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {
                      "recent_sales",
                      "history",
                      "searches",
                      "social",
                      "visits",
                      "price",
                      "product",
                      "launches"
                    }))
        @Nullable
        @QueryValue
        String driver,
    @Parameter(
            description = "Only products that this trend keyword belongs to.",
            schema =
                @Schema(
                    type = "string",
                    minLength = 1,
                    maxLength = QueryParameters.LONGEST,
                    pattern = QueryParameters.TEXT))
        @Nullable
        @QueryValue
        String keyword,
    @Parameter(
            name = "min_chance",
            description = "Only products whose chance to beat the usual pace is at least this.",
            schema = @Schema(type = "number", minimum = "0", maximum = "1"))
        @Nullable
        @QueryValue("min_chance")
        String minChance,
    @Parameter(
            name = "min_units",
            description = "Only products with at least this number of expected units.",
            schema = @Schema(type = "number", minimum = "0", maximum = "999999999"))
        @Nullable
        @QueryValue("min_units")
        String minUnits,
    @Parameter(
            name = "min_price",
            description = "Only products with at least this price, in their market's currency.",
            schema = @Schema(type = "number", minimum = "0", maximum = "999999999"))
        @Nullable
        @QueryValue("min_price")
        String minPrice,
    @Parameter(
            name = "max_price",
            description = "Only products with at most this price, in their market's currency.",
            schema = @Schema(type = "number", minimum = "0", maximum = "999999999"))
        @Nullable
        @QueryValue("max_price")
        String maxPrice,
    @Parameter(
            description = "Only the products with these ids, at most 100, separated by commas.",
            schema =
                @Schema(
                    type = "string",
                    minLength = 1,
                    maxLength = 1000,
                    pattern = QueryParameters.TEXT))
        @Nullable
        @QueryValue
        String products,
    @Parameter(
            name = "min_potential",
            description = "Only products whose potential is at least this.",
            schema = @Schema(type = "number", minimum = "0", maximum = "100"))
        @Nullable
        @QueryValue("min_potential")
        String minPotential,
    @Parameter(
            description =
                "Only products that have all of these words in their id, name, brand or category,"
                    + " ignoring case and accents.",
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
            name = "check_stock",
            description =
                "True for the products whose silence is unusual and whose stock is not known: they"
                    + " may be out of stock. The list is of all other products by default.",
            schema =
                @Schema(
                    type = "string",
                    defaultValue = "false",
                    allowableValues = {"true", "false"}))
        @Nullable
        @QueryValue("check_stock")
        String checkStock,
    @Parameter(
            description =
                "Field to sort by, the largest value first; loss begins with the product that falls"
                    + " most below its usual pace. Revenue of several currencies can't be sorted:"
                    + " give a market.",
            schema =
                @Schema(
                    type = "string",
                    defaultValue = "potential",
                    allowableValues = {
                      "potential",
                      "uplift_units",
                      "uplift_revenue",
                      "expected_units",
                      "growth",
                      "loss"
                    }))
        @Nullable
        @QueryValue
        String sort,
    @Parameter(
            description = "Maximum number of items: 50 by default, in CSV all.",
            schema = @Schema(type = "integer", minimum = "1", maximum = "500"))
        @Nullable
        @QueryValue
        String limit,
    @Parameter(
            description =
                "`next_cursor` of the previous answer, with the same sort. It is also valid in a"
                    + " later run: the page then begins after the same place in the new order, and"
                    + " `run_id` has changed.")
        @Nullable
        @QueryValue
        String cursor,
    @Parameter(
            description =
                "Only these fields of the items, separated by commas. CSV has `main_family` and"
                    + " `main_reason` in the place of `reasons` and `families`, and no"
                    + " `further_horizons`.",
            array = @ArraySchema(schema = @Schema(type = "string")),
            explode = Explode.FALSE)
        @Nullable
        @QueryValue
        String fields) {

  /** States of a product by its chance, as parameters have them. */
  public static final List<String> STATES = List.of("riser", "flat", "sinker", "unsure");

  /** Families that a main reason can have: data that is missing is never a reason. */
  public static final List<String> DRIVERS =
      Arrays.stream(FeatureFamily.values())
          .filter(FeatureFamily::explains)
          .map(FeatureFamily::label)
          .toList();

  static final int MOST = 500;
  public static final int USUAL = 50;

  /** Names of the columns of a score. */
  static final List<String> COLUMNS = new RecordType<>(ScoreRecord.class).columns();

  /** Column of CSV with the family of the main reason. */
  static final String MAIN_FAMILY = "main_family";

  /** Column of CSV with the main reason as a sentence. */
  static final String MAIN_REASON = "main_reason";

  /** Lists of records, which do not fit into a cell of CSV. */
  private static final Set<String> RECORDS = Set.of("reasons", "families", "further_horizons");

  /** Columns that fit into a cell of CSV, and the main reason. */
  static final List<String> CSV_COLUMNS =
      Stream.concat(
              COLUMNS.stream().filter(column -> !RECORDS.contains(column)),
              Stream.of(MAIN_FAMILY, MAIN_REASON))
          .toList();

  private static final int LONGEST_SEARCH = 200;
  private static final int MOST_AMOUNT = 999_999_999;
  private static final int MOST_PRODUCTS = 100;

  /**
   * Returns the filters.
   *
   * @throws io.trendflow.serving.web.ProblemException if a value is not valid or the caller may not
   *     see it
   */
  public ScoreFilters filters(CallerView view) {
    String query = QueryParameters.text(q);
    if (query != null && query.length() > LONGEST_SEARCH) {
      throw QueryParameters.refused(
          "q", "Parameter 'q' is longer than the maximum of " + LONGEST_SEARCH + " characters.");
    }
    return new ScoreFilters(
        QueryParameters.oneOf("market", market, view.markets()),
        category == null ? null : QueryParameters.oneOf("category", category, view.categories()),
        brand == null ? null : QueryParameters.oneOf("brand", brand, view.brands()),
        QueryParameters.oneOf("lifecycle", lifecycle, Lifecycle.SCORED),
        state == null || state.isEmpty() ? null : requestedState(),
        QueryParameters.oneOf("driver", driver, DRIVERS),
        QueryParameters.text(keyword),
        new ScoreBounds(
            QueryParameters.number("min_potential", minPotential, 100),
            QueryParameters.number("min_chance", minChance, 1),
            QueryParameters.number("min_units", minUnits, MOST_AMOUNT),
            QueryParameters.number("min_price", minPrice, MOST_AMOUNT),
            QueryParameters.number("max_price", maxPrice, MOST_AMOUNT)),
        query,
        "true".equals(QueryParameters.oneOf("check_stock", checkStock, List.of("true", "false"))),
        ids());
  }

  /**
   * Creates a query.
   *
   * @param sent values of parameters by name; the others are missing
   */
  static ScoreQuery of(HttpRequest<?> request, Map<String, ? extends @Nullable String> sent) {
    return new ScoreQuery(
        request,
        sent.get("market"),
        sent.get("category"),
        sent.get("brand"),
        sent.get("lifecycle"),
        sent.get("state"),
        sent.get("driver"),
        sent.get("keyword"),
        sent.get("min_chance"),
        sent.get("min_units"),
        sent.get("min_price"),
        sent.get("max_price"),
        sent.get("products"),
        sent.get("min_potential"),
        sent.get("q"),
        sent.get("check_stock"),
        sent.get("sort"),
        sent.get("limit"),
        sent.get("cursor"),
        sent.get("fields"));
  }

  /** Returns the same query with another lifecycle, state and sort. */
  public ScoreQuery with(
      @Nullable String newLifecycle, @Nullable String newState, @Nullable String newSort) {
    Map<String, @Nullable String> sent = parameters();
    sent.put("lifecycle", newLifecycle);
    sent.put("state", newState);
    sent.put("sort", newSort);
    sent.put("cursor", cursor);
    sent.put("fields", fields);
    return of(request, sent);
  }

  private String requestedState() {
    return String.valueOf(QueryParameters.oneOf("state", state, STATES)).toUpperCase(Locale.ROOT);
  }

  private List<String> ids() {
    String text = QueryParameters.text(products);
    if (text == null) {
      return List.of();
    }
    List<String> ids = Arrays.stream(text.split(",", -1)).filter(id -> !id.isEmpty()).toList();
    if (ids.isEmpty() || ids.size() > MOST_PRODUCTS) {
      throw QueryParameters.refused(
          "products",
          "Parameter 'products' has %d ids: give 1 to %d, separated by commas."
              .formatted(ids.size(), MOST_PRODUCTS));
    }
    return ids;
  }

  /** Returns the parameters as sent, by name, but for the cursor and the fields. */
  public Map<String, @Nullable String> parameters() {
    Map<String, @Nullable String> sent = new LinkedHashMap<>();
    sent.put("market", market);
    sent.put("category", category);
    sent.put("brand", brand);
    sent.put("lifecycle", lifecycle);
    sent.put("state", state);
    sent.put("driver", driver);
    sent.put("keyword", keyword);
    sent.put("min_potential", minPotential);
    sent.put("min_chance", minChance);
    sent.put("min_units", minUnits);
    sent.put("min_price", minPrice);
    sent.put("max_price", maxPrice);
    sent.put("products", products);
    sent.put("q", q);
    sent.put("check_stock", checkStock);
    sent.put("sort", sort);
    sent.put("limit", limit);
    return sent;
  }

  public ScoreSort order() {
    String name = QueryParameters.oneOf("sort", sort, ScoreSort.NAMES);
    return name == null ? ScoreSort.POTENTIAL : ScoreSort.of(name);
  }

  /** Returns the maximum number of rows; {@code missing} if the parameter is missing. */
  public int most(int missing) {
    return QueryParameters.whole("limit", limit, missing, 1, MOST);
  }

  /** Returns the cursor; null for the first page. */
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
                        "Parameter 'cursor' is not a cursor of this service: use next_cursor of an"
                            + " answer, or leave it out for the first page."));
    if (from.sort() != order()) {
      throw QueryParameters.refused(
          "cursor",
          "Parameter 'cursor' is from a list sorted by "
              + from.sort().label()
              + ", but this list is sorted by "
              + order().label()
              + ": use the same sort, or leave out the cursor.");
    }
    return from;
  }

  /** Returns the requested fields, which must be among the present ones; all of them by default. */
  List<String> columns(List<String> present) {
    return QueryParameters.someOf("fields", fields, present);
  }
}
