package io.trendflow.jobs.digest;

import io.trendflow.jobs.store.TableStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Weekly digest as an HTML file. */
public final class DigestFile {
  private static final Map<String, Locale> LOCALES = Map.of("en", Locale.UK, "fr", Locale.FRANCE);

  /** Languages of the digest. */
  public static final List<String> LANGUAGES = LOCALES.keySet().stream().sorted().toList();

  private DigestFile() {}

  /**
   * Returns the digest with what was known at the end of a day.
   *
   * @param language one of {@link #LANGUAGES}
   * @throws IllegalArgumentException if no run was published up to the day
   */
  public static String html(TableStore store, LocalDate asOf, String language) {
    return DigestPage.html(
        WeeklyDigest.read(store, asOf), LOCALES.getOrDefault(language, Locale.UK));
  }
}
