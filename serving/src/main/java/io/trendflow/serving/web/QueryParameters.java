package io.trendflow.serving.web;

import io.micronaut.http.HttpParameters;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Strict parser of query parameters: rejects values that it does not understand by a {@link
 * ProblemException} that names the parameter. An empty value, as HTML forms send it, counts as
 * missing unless {@link #refuseEmpty} is called.
 */
public final class QueryParameters {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern NUMBER =
      Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?");

  /** Maximum length of a text in characters. */
  public static final int LONGEST = 1000;

  /** Regular expression of a text that contains no control characters. */
  public static final String TEXT = "^[^\\u0000-\\u001F\\u007F-\\u009F\\uFFFD]*$";

  private static final int MOST_LISTED = 100;

  private QueryParameters() {}

  /** Rejects parameters that are not among the names, repeated parameters and malformed texts. */
  static void allowOnly(HttpParameters values, Collection<String> names) {
    for (String name : values.names()) {
      if (!names.contains(name)) {
        throw refused(name, "There is no parameter " + quoted(name), names);
      }
      List<String> given = values.getAll(name);
      if (given.size() > 1) {
        throw refused(name, "Parameter '" + name + "' is repeated: give it once.");
      }
      requireText(name, given.get(0));
    }
  }

  /** Rejects empty parameters: a client of the API can leave them out, unlike an HTML form. */
  public static void refuseEmpty(HttpParameters values) {
    for (String name : values.names()) {
      if (String.valueOf(values.get(name)).isEmpty()) {
        throw refused(name, "Parameter '" + name + "' is empty: give it a value or leave it out.");
      }
    }
  }

  /** Rejects a text that is too long, contains control characters or was not encoded as UTF-8. */
  public static void requireText(String name, String value) {
    if (value.length() > LONGEST) {
      throw refused(
          name,
          "Parameter '" + name + "' is longer than the maximum of " + LONGEST + " characters.");
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i)) || value.charAt(i) == '\uFFFD') {
        throw refused(
            name, "Parameter '" + name + "' contains a control character or is not UTF-8.");
      }
    }
  }

  /** Returns a text; null if it is missing. */
  public static @Nullable String text(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns a value that must be one of the allowed values; null if it is missing. */
  public static @Nullable String oneOf(
      String name, @Nullable String value, Collection<String> allowed) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (!allowed.contains(value)) {
      throw refused(name, "Parameter '" + name + "' can't be " + quoted(value), allowed);
    }
    return value;
  }

  /**
   * Parses a comma-separated list of allowed values; returns all of them if the value is missing.
   */
  public static List<String> someOf(String name, @Nullable String value, List<String> allowed) {
    if (value == null || value.isEmpty()) {
      return allowed;
    }
    List<String> values = Arrays.stream(value.split(",", -1)).distinct().toList();
    for (String one : values) {
      if (!allowed.contains(one)) {
        throw refused(name, "Parameter '" + name + "' can't contain " + quoted(one), allowed);
      }
    }
    return values;
  }

  /** Returns the maximum number of items of a list: 50 if it is missing, at most 500. */
  public static int limit(@Nullable String value) {
    return whole("limit", value, 50, 1, 500);
  }

  /**
   * Parses a whole number from {@code least} to {@code most}; returns {@code missing} if the value
   * is missing.
   */
  public static int whole(String name, @Nullable String value, int missing, int least, int most) {
    if (value == null || value.isEmpty()) {
      return missing;
    }
    if (WHOLE.matcher(value).matches()) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw refused(
        name,
        "Parameter '%s' can't be %s: use a whole number from %d to %d."
            .formatted(name, quoted(value), least, most));
  }

  /** Parses a number from 0 to {@code most}; returns 0 if the value is missing. */
  public static double number(String name, @Nullable String value, int most) {
    if (value == null || value.isEmpty()) {
      return 0;
    }
    if (NUMBER.matcher(value).matches() && Double.parseDouble(value) <= most) {
      return Double.parseDouble(value);
    }
    throw refused(
        name,
        "Parameter '%s' can't be %s: use a number from 0 to %d, such as 90 or 99.5."
            .formatted(name, quoted(value), most));
  }

  public static ProblemException refused(String name, String detail) {
    return new ProblemException(ProblemBody.parameter(name, detail, null));
  }

  private static ProblemException refused(String name, String what, Collection<String> allowed) {
    List<String> values = allowed.stream().limit(MOST_LISTED).toList();
    int more = allowed.size() - values.size();
    String rest = more > 0 ? " and " + more + " others" : "";
    String detail = what + ": use one of " + String.join(", ", values) + rest + ".";
    return new ProblemException(ProblemBody.parameter(name, detail, values));
  }

  private static String quoted(String value) {
    return "'" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "'";
  }
}
