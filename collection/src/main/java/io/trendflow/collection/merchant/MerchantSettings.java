package io.trendflow.collection.merchant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trendflow.collection.pull.DayCount;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a source in Google's Merchant API.
 *
 * @param api name of the collector
 * @param account id of the account in Merchant Center
 * @param token reference to an access token; without it the machine's service account is used
 * @param countries countries of the reports, by their codes of ISO 3166
 * @param categories ids in Google's product taxonomy; without them every top-level category
 * @param restate how far each pull reaches back
 * @param endpoint address instead of Google's, for tests
 */
record MerchantSettings(
    @JsonProperty(required = true) String api,
    @JsonProperty(required = true) String account,
    @Nullable String token,
    @JsonProperty(required = true) List<String> countries,
    @Nullable List<Long> categories,
    @Nullable String restate,
    @Nullable String endpoint) {
  private static final int RESTATE_DAYS = 14;
  private static final int WEEK = 7;

  /** Report of one country. */
  record ReportScope(String country, @Nullable Long category) {
    @Override
    public String toString() {
      return country + (category == null ? "" : " in category " + category);
    }
  }

  MerchantSettings {
    if (!account.matches("[0-9]{1,20}")) {
      throw new IllegalArgumentException(
          "account is `" + account + "`: use the number that Merchant Center shows, such as 1234.");
    }
    if (countries.isEmpty()) {
      throw new IllegalArgumentException("countries is empty: name countries such as GB.");
    }
    for (String country : countries) {
      if (!country.matches("[A-Z]{2}")) {
        throw new IllegalArgumentException(
            "countries has `" + country + "`: use codes of two capital letters, such as GB.");
      }
    }
    weeks(restate);
  }

  /** Returns the reports of a week. */
  List<ReportScope> scopes() {
    List<ReportScope> scopes = new ArrayList<>();
    for (String country : countries) {
      if (categories == null || categories.isEmpty()) {
        scopes.add(new ReportScope(country, null));
      } else {
        categories.forEach(category -> scopes.add(new ReportScope(country, category)));
      }
    }
    return scopes;
  }

  /** Returns the number of weeks that each pull has at least. */
  int weeks() {
    return weeks(restate);
  }

  private static int weeks(@Nullable String restate) {
    int days = DayCount.of("restate", restate, RESTATE_DAYS, DayCount.ONE_OR_MORE);
    return (days + WEEK - 1) / WEEK;
  }

  URI search() {
    return URI.create(
        (endpoint == null ? "https://merchantapi.googleapis.com" : endpoint)
            + "/reports/v1/accounts/"
            + account
            + "/reports:search");
  }
}
