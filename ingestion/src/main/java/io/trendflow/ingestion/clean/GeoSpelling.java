package io.trendflow.ingestion.clean;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Normalises the places of trends: the two-letter code of ISO 3166 for a country. */
final class GeoSpelling {
  /** Place of values that are not about a place. */
  static final String EVERYWHERE = "all";

  /** Languages in which known exports name countries. */
  private static final List<String> LANGUAGES =
      List.of("en", "fr", "de", "es", "it", "pt", "nl", "pl", "tr", "id", "ja", "ko", "zh");

  private static final Map<String, String> CODES = codes();

  private GeoSpelling() {}

  /**
   * Returns the code of a country's name in one of several languages; other text is returned
   * unchanged.
   */
  static String code(String place) {
    return CODES.getOrDefault(place.toLowerCase(Locale.ROOT), place);
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String country : Locale.getISOCountries()) {
      Locale place = new Locale.Builder().setRegion(country).build();
      for (String language : LANGUAGES) {
        String name = place.getDisplayCountry(Locale.forLanguageTag(language));
        codes.put(name.toLowerCase(Locale.ROOT), country);
      }
    }
    // Spellings of Google Trends.
    codes.put("usa", "US");
    List.of(
            "worldwide",
            "dans le monde entier",
            "weltweit",
            "todo el mundo",
            "tutto il mondo",
            "todo o mundo",
            "wereldwijd",
            "seluruh dunia",
            "全球")
        .forEach(world -> codes.put(world, EVERYWHERE));
    return codes;
  }
}
