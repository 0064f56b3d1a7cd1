package io.trendflow.serving;

import io.micronaut.http.HttpParameters;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query of a request, read strictly: what isn't understood is refused, never ignored. */
final class QueryParameters {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final HttpParameters values;

  QueryParameters(HttpParameters values) {
    this.values = values;
  }

  /**
   * Refuses every other parameter, and one that is given twice.
   *
   * @throws ProblemException naming the parameter
   */
  void allowOnly(String... allowed) {
    List<String> names = Arrays.asList(allowed);
    for (String name : values.names()) {
      if (!names.contains(name)) {
        throw refused(name, "There is no parameter '" + name + "'", names);
      }
      if (values.getAll(name).size() > 1) {
        throw refused(name, "Parameter '" + name + "' is given more than once.");
      }
    }
  }

  /**
   * The value of a parameter, null where it is missing or empty.
   *
   * @throws ProblemException when it is none of the allowed ones
   */
  @Nullable String oneOf(String name, Collection<String> allowed) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (!allowed.contains(value)) {
      throw refused(name, "Parameter '" + name + "' can't be '" + value + "'", allowed);
    }
    return value;
  }

  /**
   * The value of a whole number, the default where it is missing or empty.
   *
   * @throws ProblemException when it isn't one between least and most
   */
  int number(String name, int missing, int least, int most) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      return missing;
    }
    if (NUMBER.matcher(value).matches()) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw refused(
        name,
        "Parameter '"
            + name
            + "' can't be '"
            + value
            + "': it is a whole number from "
            + least
            + " to "
            + most
            + ".");
  }

  private static ProblemException refused(String name, String what, Collection<String> allowed) {
    List<String> values = List.copyOf(allowed);
    String detail = what + "; allowed are: " + String.join(", ", values) + ".";
    return new ProblemException(Problem.parameter(name, detail, values));
  }

  private static ProblemException refused(String name, String detail) {
    return new ProblemException(Problem.parameter(name, detail, null));
  }
}
