package io.trendflow.serving.web;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.order.Ordered;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Names of the service's settings. A setting that the service does not know stops the start,
 * because a misspelt one would be ignored, and a key without its {@code markets} sees everything.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE) // before other beans read the settings
final class SettingNames {
  private static final String ROOT = "trendflow";
  private static final String VARIABLES = "TRENDFLOW_";
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  /** Settings with a part that users choose, each with an example of it for a message. */
  private enum Chosen {
    KEY_HASH("api-keys.<name>.hash", "api-keys\\.[^.]+\\.hash"),
    KEY_MARKETS("api-keys.<name>.markets", "api-keys\\.[^.]+\\.markets(\\[\\d+])?"),
    KEY_LIMIT("api-keys.<name>.requests-per-minute", "api-keys\\.[^.]+\\.requests-per-minute"),
    KEY_WRITE("api-keys.<name>.write", "api-keys\\.[^.]+\\.write"),
    SOURCE_AGE("max-age.sources.<source>", "max-age\\.sources\\..+"),
    EMULATOR("store.emulator.bigquery", "store\\.emulator\\.(bigquery|bigquery-storage|storage)");

    private final String shown;
    private final Pattern property;
    private final Pattern variable;

    Chosen(String shown, String property) {
      this.shown = ROOT + "." + shown;
      this.property = Pattern.compile(ROOT + "\\." + property);
      // A variable has an underscore wherever a property has a dot, a dash or brackets.
      String name =
          property
              .replace("\\[\\d+]", "_\\d+")
              .replace("\\.", "_")
              .replace("[^.]", ".")
              .replace('-', '_');
      this.variable = Pattern.compile(VARIABLES + name, Pattern.CASE_INSENSITIVE);
    }
  }

  private final List<String> known;

  /**
   * Checks the names of all settings that were given.
   *
   * @throws IllegalArgumentException naming the first unknown setting and the one that is nearest
   */
  SettingNames(Environment environment) {
    known = named();
    environment.getPropertySources().stream()
        .sorted(Comparator.comparing(PropertySource::getName))
        .forEach(this::check);
  }

  /** Returns the settings that {@code application.properties} has, which explains each. */
  private static List<String> named() {
    Properties defaults = new Properties();
    try (InputStream file = SettingNames.class.getResourceAsStream("/application.properties")) {
      defaults.load(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the service's jar can't be read", e);
    }
    return defaults.stringPropertyNames().stream()
        .filter(name -> name.startsWith(ROOT + "."))
        .sorted()
        .toList();
  }

  private void check(PropertySource source) {
    boolean variables =
        source.getConvention() == PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE;
    for (String name : source) {
      if (variables ? isMisspeltVariable(name) : isUnknownProperty(name)) {
        throw new IllegalArgumentException(
            "%s is not a setting of the service: did you mean %s?"
                .formatted(name, variables ? variable(nearest(name)) : nearest(name)));
      }
      Object value = source.get(name);
      if (isMarkets(name, variables) && (value == null || value.toString().isBlank())) {
        throw new IllegalArgumentException(
            name
                + " is empty: list markets separated by commas, such as uk,de, or leave the setting"
                + " out for all markets.");
      }
    }
  }

  private static boolean isMarkets(String name, boolean variable) {
    return variable
        ? Chosen.KEY_MARKETS.variable.matcher(name).matches()
        : Chosen.KEY_MARKETS.property.matcher(NameUtils.hyphenate(name, true)).matches();
  }

  private boolean isUnknownProperty(String name) {
    String property = NameUtils.hyphenate(name, true);
    String root = property.split("[.\\[]", 2)[0];
    if (!root.equals(ROOT)) {
      return DISTANCE.apply(root, ROOT) <= 2;
    }
    return !known.contains(property)
        && Arrays.stream(Chosen.values())
            .noneMatch(chosen -> chosen.property.matcher(property).matches());
  }

  /**
   * Returns whether a variable is almost one of the service. Variables that are like none belong to
   * the jobs, which have the same prefix.
   */
  private boolean isMisspeltVariable(String name) {
    if (!name.toUpperCase(Locale.ROOT).startsWith(VARIABLES)
        || known.stream().anyMatch(setting -> variable(setting).equals(name))
        || Arrays.stream(Chosen.values())
            .anyMatch(chosen -> chosen.variable.matcher(name).matches())) {
      return false;
    }
    String own = name.substring(VARIABLES.length());
    String near = variable(nearest(name)).substring(VARIABLES.length());
    return own.matches("(?i)API_?KEYS?_.*") || DISTANCE.apply(own, near) <= 1 + own.length() / 5;
  }

  /** Returns the known setting that is most like a name. */
  private String nearest(String name) {
    String[] parts = name.split("\\.", -1);
    String chosen = parts.length > 3 ? parts[parts.length - 2] : "<name>";
    String property = plain(name);
    return Stream.concat(
            known.stream(),
            Arrays.stream(Chosen.values()).map(c -> c.shown.replace("<name>", chosen)))
        .min(Comparator.comparingInt(setting -> DISTANCE.apply(plain(setting), property)))
        .orElseThrow();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
  }

  private static String variable(String setting) {
    return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
