package io.trendflow.ingestion.init;

import io.trendflow.ingestion.raw.GlobPattern;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Guesses a glob that matches some files and later files of their kind, but no other file. */
final class GlobGuess {
  private static final Pattern PULL = Pattern.compile("pulled_at=[^/]+");
  private static final Pattern NUMBERS = Pattern.compile("[0-9][0-9TZ_.:-]*[0-9TZ]|[0-9]");

  private GlobGuess() {}

  /** Returns the widest glob that fits; the names themselves if none fits. */
  static String of(List<String> files, List<String> others) {
    return Stream.of(
            around(files), numbered(files), commonFolder(files), withoutSigns(files.get(0)))
        .filter(glob -> !glob.isEmpty() && fits(glob, files, others))
        .findFirst()
        .orElseGet(() -> named(files));
  }

  private static boolean fits(String glob, List<String> files, List<String> others) {
    GlobPattern pattern = new GlobPattern(glob);
    return files.stream().allMatch(pattern::matches) && others.stream().noneMatch(pattern::matches);
  }

  /**
   * Returns the common prefix and suffix of the files with stars between; empty for a single file.
   */
  private static String around(List<String> files) {
    if (files.size() == 1) {
      return "";
    }
    String first = files.get(0);
    String last = files.get(files.size() - 1);
    int front = 0;
    while (front < Math.min(first.length(), last.length())
        && first.charAt(front) == last.charAt(front)) {
      front++;
    }
    String prefix = withoutSigns(beforeNumber(first.substring(0, front)));
    String suffix = suffix(files, prefix.length());
    boolean folders =
        files.stream()
            .anyMatch(
                file ->
                    file.substring(prefix.length(), file.length() - suffix.length()).contains("/"));
    return prefix + (folders ? "**" : "*") + suffix;
  }

  /** Returns the common file extension, from its first point on. */
  private static String suffix(List<String> files, int from) {
    String ending = ending(files.get(0).substring(from));
    return files.stream().allMatch(file -> file.substring(from).endsWith(ending)) ? ending : "";
  }

  private static String ending(String name) {
    Matcher matcher = Pattern.compile("(\\.[A-Za-z]{2,8}){1,2}$").matcher(name);
    return matcher.find() ? matcher.group() : "";
  }

  private static String beforeNumber(String prefix) {
    return prefix.replaceFirst("(?<=^|[^0-9])[0-9][0-9TZ.:-]*$", "");
  }

  /** Returns the first name with stars for its numbers, which are dates or counts. */
  private static String numbered(List<String> files) {
    String file = files.get(0);
    String folders =
        PULL.matcher(file.substring(0, file.lastIndexOf('/') + 1)).replaceAll("pulled_at=*");
    String name = file.substring(file.lastIndexOf('/') + 1);
    String ending = ending(name);
    String stem = name.substring(0, name.length() - ending.length());
    return withoutSigns(folders).replace("pulled_at=?", "pulled_at=*")
        + NUMBERS.matcher(withoutSigns(stem)).replaceAll("*")
        + ending;
  }

  private static String commonFolder(List<String> files) {
    int slash = files.get(0).indexOf('/');
    String folder = slash < 0 ? "" : files.get(0).substring(0, slash + 1);
    return folder.isEmpty() ? "" : folder + "**";
  }

  private static String named(List<String> files) {
    List<String> wild = files.stream().map(GlobGuess::withoutSigns).toList();
    return wild.size() == 1 ? wild.get(0) : "{" + String.join(",", wild) + "}";
  }

  /** Returns a name in which the signs of a pattern, which a name may contain, match any sign. */
  private static String withoutSigns(String file) {
    return file.replaceAll("[{},*?]", "?");
  }

  /** Returns a name for the source of a glob. */
  static String sourceName(String glob) {
    String path = PULL.matcher(glob).replaceAll("").replaceAll("\\{([^,}]*/|[^,}]*).*", "$1");
    String[] parts = path.replaceAll("(\\.[A-Za-z]{2,8}){1,2}$", "").split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      String name =
          parts[i]
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9]+", "_")
              .replaceAll("^[_0-9]+|_+$", "");
      if (!name.isEmpty()) {
        return name;
      }
    }
    return "files";
  }
}
