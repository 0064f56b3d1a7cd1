package io.trendflow.ingestion.clean;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Comparison of the ids of sold products with those of the catalogue. */
public final class CatalogMatch {
  private static final Pattern ZEROS = Pattern.compile("^0+(?=.)");
  private static final Pattern SHORTENED = Pattern.compile("\\d(?:[.,]\\d+)?[eE]\\+?\\d{1,2}");

  private CatalogMatch() {}

  /** Returns whether a spreadsheet has turned an id into a number and shortened it. */
  public static boolean isShortened(String id) {
    return SHORTENED.matcher(id).matches();
  }

  /** Returns how many sold products the catalogue has, in a sentence without a full stop. */
  public static String sentence(Set<String> sold, Set<String> listed) {
    long known = known(sold, listed);
    String sentence =
        String.format(
            Locale.ENGLISH, "%,d of %,d sold products are in the catalogue", known, sold.size());
    if (known == sold.size()) {
      return sentence;
    }
    return sentence
        + ", "
        + sold.stream().filter(id -> !listed.contains(id)).findFirst().orElse("")
        + " for example is not"
        + better(sold, listed, known).map(way -> "; " + way).orElse("");
  }

  /** Returns how many products the catalogue would have if the ids were written alike. */
  private static Optional<String> better(Set<String> sold, Set<String> listed, long known) {
    UnaryOperator<String> bare = id -> ZEROS.matcher(id).replaceAll("");
    UnaryOperator<String> lower = id -> id.toLowerCase(Locale.ROOT);
    return better(sold, listed, known, bare, "leading zeros")
        .or(() -> better(sold, listed, known, lower, "differences of upper and lower case"))
        .or(
            () ->
                better(
                    sold,
                    listed,
                    known,
                    id -> lower.apply(bare.apply(id)),
                    "leading zeros and differences of upper and lower case"));
  }

  private static Optional<String> better(
      Set<String> sold, Set<String> listed, long known, UnaryOperator<String> way, String what) {
    long more = known(written(sold, way), written(listed, way));
    return more <= known
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ENGLISH,
                "%,d would be without %s: write the ids alike in both files",
                more,
                what));
  }

  private static Set<String> written(Collection<String> ids, UnaryOperator<String> way) {
    Set<String> written = new HashSet<>();
    ids.forEach(id -> written.add(way.apply(id)));
    return written;
  }

  /** Returns how many products the catalogue has. */
  public static long known(Set<String> sold, Set<String> listed) {
    return sold.stream().filter(listed::contains).count();
  }
}
