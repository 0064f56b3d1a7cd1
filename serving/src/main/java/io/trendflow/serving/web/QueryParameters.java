package io.trendflow.serving.web;

import io.micronaut.http.HttpParameters;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read strictly: what isn't understood is refused by a {@link
 * ProblemException} that names the parameter, never ignored. An empty value counts as a missing
 * one, as forms send it, unless {@link #refuseEmpty} is asked.
 */
public final class QueryParameters {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern NUMBER =
      Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?");

  /** Characters of a text at most. */
  public static final int LONGEST = 1000;

  /** What a text may be, as a regular expression: without control characters. */
  public static final String TEXT = "^[^\\u0000-\\u001F\\u007F-\\u009F\\uFFFD]*$";

  private static final int MOST_LISTED = 100;

  private QueryParameters() {}

  /** Refuses every other parameter, one that is given twice, and texts that are none. */
  static void allowOnly(HttpParameters values, Collection<String> names) {
    for (String name : values.names()) {
      if (!names.contains(name)) {
        throw refused(name, "There is no parameter " + quoted(name), names);
      }
      List<String> given = values.getAll(name);
      if (given.size() > 1) {
        throw refused(name, "Parameter '" + name + "' is given more than once.");
      }
      requireText(name, given.get(0));
    }
  }

  /** Refuses parameters without a value: an API's client can leave them out, unlike a form. */
  public static void refuseEmpty(HttpParameters values) {
    for (String name : values.names()) {
      if (String.valueOf(values.get(name)).isEmpty()) {
        throw refused(name, "Parameter '" + name + "' is empty: give it a value or leave it out.");
      }
    }
  }

  /** Refuses what is too long, has control characters or was no UTF-8. */
  public static void requireText(String name, String value) {
    if (value.length() > LONGEST) {
      throw refused(name, "Parameter '" + name + "' is longer than " + LONGEST + " characters.");
    }
    if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
      throw refused(
          name, "Parameter '" + name + "' has a control character or is not encoded as UTF-8.");
    }
  }

  /** A text, null where it is missing. */
  public static @Nullable String text(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  /** One of the allowed values, null where it is missing. */
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

  /** Some of the allowed values, separated by commas; all of them where it is missing. */
  public static List<String> someOf(String name, @Nullable String value, List<String> allowed) {
    if (value == null || value.isEmpty()) {
      return allowed;
    }
    List<String> values = Arrays.stream(value.split(",", -1)).distinct().toList();
    for (String one : values) {
      if (!allowed.contains(one)) {
        throw refused(name, "Parameter '" + name + "' can't have " + quoted(one), allowed);
      }
    }
    return values;
  }

  /** A whole number between least and most, the default where it is missing. */
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
        "Parameter '%s' can't be %s: it is a whole number from %d to %d."
            .formatted(name, quoted(value), least, most));
  }

  /** A number between 0 and most, 0 where it is missing. */
  public static double number(String name, @Nullable String value, int most) {
    if (value == null || value.isEmpty()) {
      return 0;
    }
    if (NUMBER.matcher(value).matches() && Double.parseDouble(value) <= most) {
      return Double.parseDouble(value);
    }
    throw refused(
        name,
        "Parameter '%s' can't be %s: it is a number from 0 to %d, such as 90 or 99.5."
            .formatted(name, quoted(value), most));
  }

  public static ProblemException refused(String name, String detail) {
    return new ProblemException(ProblemBody.parameter(name, detail, null));
  }

  private static ProblemException refused(String name, String what, Collection<String> allowed) {
    List<String> values = allowed.stream().limit(MOST_LISTED).toList();
    int more = allowed.size() - values.size();
    String rest = more > 0 ? " and " + more + " others" : "";
    String detail = what + "; allowed are: " + String.join(", ", values) + rest + ".";
    return new ProblemException(ProblemBody.parameter(name, detail, values));
  }

  private static String quoted(String value) {
    return "'" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "'";
  }
}
