package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpStatus;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.snapshot.ScoreFilters;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.SiteAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Category or brand of a shop's products, with a page of its own. */
record ProductGroup(Kind kind, String name) {

  /** Kind of a group, which is also the name of the filter by it. */
  enum Kind {
    CATEGORY,
    BRAND;

    /** Returns the name of the filter by such a group. */
    String filter() {
      return name().toLowerCase(Locale.ROOT);
    }

    String path() {
      return "/" + filter();
    }
  }

  /**
   * Returns the group that a request names.
   *
   * @throws ProblemException if the name is missing or unknown
   */
  static ProductGroup of(Kind kind, @Nullable String asked, CallerView view) {
    Collection<String> known = kind == Kind.CATEGORY ? view.categories() : view.brands();
    return new ProductGroup(
        kind,
        Objects.requireNonNull(
            QueryParameters.oneOf(kind.filter(), Objects.requireNonNullElse(asked, " "), known)));
  }

  /** Returns the error that the group has no scored product in a market. */
  ProblemException unknown(String market) {
    return new ProblemException(
        ProblemBody.of(
            HttpStatus.NOT_FOUND,
            "No product of the %s '%s' has a forecast in market '%s'."
                .formatted(kind.filter(), name, market)));
  }

  @Nullable String category() {
    return kind == Kind.CATEGORY ? name : null;
  }

  @Nullable String brand() {
    return kind == Kind.BRAND ? name : null;
  }

  /** Returns the filters by the group in a market. */
  ScoreFilters filters(String market, @Nullable String lifecycle) {
    return ScoreFilters.of(market, category(), brand(), lifecycle);
  }

  /** Returns the URL of the group's page in a market. */
  String address(String market) {
    return on(kind.path(), market, null);
  }

  /**
   * Returns the URL of a list of the group's products.
   *
   * @param state state that the products have; null for any
   */
  String on(String path, String market, @Nullable String state) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put(kind.filter(), name);
    parameters.put("market", market);
    parameters.put("state", state);
    return SiteAddress.of(path, parameters);
  }
}
