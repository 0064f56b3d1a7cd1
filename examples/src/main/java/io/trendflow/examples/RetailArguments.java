package io.trendflow.examples;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Command line of the generator.
 *
 * @param out output directory
 * @param settings settings of the shop
 */
record RetailArguments(Path out, RetailSettings settings) {
  static final String USAGE =
      "Usage: SyntheticRetail --out DIR [--seed 7] [--products 600] [--days 900] [--end 2026-06-30] [--supply true]";

  private static final List<String> NAMES =
      List.of("--out", "--seed", "--products", "--days", "--end", "--supply");

  /**
   * Parses the command line.
   *
   * @throws IllegalArgumentException naming the option and what is expected
   */
  static RetailArguments parse(String... args) {
    Map<String, String> given = pairs(args);
    if (!given.containsKey("--out")) {
      throw new IllegalArgumentException("--out is missing. " + USAGE);
    }
    RetailSettings defaults = RetailSettings.defaults();
    return new RetailArguments(
        value(given, "--out", Path.of(""), Path::of),
        new RetailSettings(
            value(given, "--seed", defaults.seed(), Long::valueOf),
            value(given, "--products", defaults.products(), Integer::valueOf),
            value(given, "--days", defaults.days(), Integer::valueOf),
            value(given, "--end", defaults.end(), LocalDate::parse),
            value(given, "--supply", true, RetailArguments::flag)));
  }

  private static Map<String, String> pairs(String... args) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!NAMES.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            args[i]
                + (NAMES.contains(args[i]) ? " has no value. " : " is not an option. ")
                + USAGE);
      }
      given.put(args[i], args[i + 1]);
    }
    return given;
  }

  private static <T> T value(
      Map<String, String> given, String name, T otherwise, Function<String, T> read) {
    String text = given.get(name);
    try {
      return text == null ? otherwise : read.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      String example =
          switch (name) {
            case "--end" -> "a date, for example 2026-06-30";
            case "--supply" -> "true or false";
            default -> "a whole number";
          };
      throw new IllegalArgumentException("%s is %s: use %s.".formatted(name, text, example), e);
    }
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }
}
