package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.SourceKind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes a configuration with comments about the files and about the decisions that are left. */
final class DraftYaml {
  private final List<DraftSource> sources;
  private final Map<String, String> unread;
  private final StringBuilder text = new StringBuilder();

  DraftYaml(List<DraftSource> sources, Map<String, String> unread) {
    this.sources = sources;
    this.unread = unread;
  }

  String text(String rawPath, String storePath) {
    add("# Written by trendflow init from the files below raw.path. Read the comments, then run:");
    add(
        "#   bin/trendflow check  --config <this file>    dry run: which records are accepted or rejected");
    add("#   bin/trendflow ingest --config <this file>    reads the files into tables");
    add("raw: {path: " + YamlText.yaml(rawPath) + "}");
    add("store: {path: " + YamlText.yaml(storePath) + "}");
    add("");
    markets();
    add("");
    boolean used = sources.stream().anyMatch(DraftYaml::isUsed);
    add(used ? "sources:" : "sources: {}");
    sources.stream().filter(DraftYaml::isUsed).forEach(this::source);
    sources.stream().filter(source -> source.isKnown() && !isUsed(source)).forEach(this::doubtful);
    sources.stream().filter(source -> !source.isKnown()).forEach(this::unknown);
    unread.forEach(
        (file, reason) ->
            add("  # " + YamlText.line(file) + " belongs to no source: " + YamlText.line(reason)));
    catalog();
    return text.toString();
  }

  private void markets() {
    Set<String> found = new TreeSet<>();
    sources.forEach(source -> found.addAll(source.currencies()));
    add(
        "# The files do not contain the shop's time zone, in which its days begin and end: correct it,");
    add(
        "# for example to Europe/Paris. If there are several markets, add each and map a column to market.");
    if (found.isEmpty()) {
      add("# The files do not contain the currency either: EUR is assumed.");
    } else if (found.size() > 1) {
      add("# Currencies in the files: " + found + ". A market must have one currency.");
    }
    String currency = found.isEmpty() ? "EUR" : found.iterator().next();
    add("markets:");
    add("  all: {currency: " + currency + ", time_zone: UTC}");
  }

  private void source(DraftSource source) {
    add("");
    add("  # " + seen(source));
    add("  " + source.name() + ":");
    if (source.preset() == null) {
      add("    kind: " + source.mapping().kind());
      add("    files: " + YamlText.quoted(source.files()));
      new DraftColumns(source, terms(), this::add).write();
    } else {
      add("    preset: " + source.preset());
      add("    files: " + YamlText.quoted(source.files()));
      DraftPresets.write(source, this::add);
    }
  }

  /** Writes a source as a comment, for a person to confirm its kind. */
  private void doubtful(DraftSource source) {
    int begin = text.length();
    source(source);
    String lines = text.substring(begin);
    text.setLength(begin);
    add("");
    add("  # " + upper(YamlText.line(source.doubt())) + ":");
    lines
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> add("  # " + (line.startsWith("  ") ? line.substring(2) : line)));
  }

  private static String upper(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static boolean isUsed(DraftSource source) {
    return source.isKnown() && source.doubt().isEmpty();
  }

  private static String seen(DraftSource source) {
    List<String> files = source.group().files();
    String what =
        files.size() == 1
            ? "1 file: " + YamlText.line(files.get(0))
            : files.size() + " files, such as " + YamlText.line(files.get(0));
    int records = source.group().records();
    return what
        + (records == 0 ? "" : String.format(Locale.ROOT, "; records in the sample: %,d", records));
  }

  private void unknown(DraftSource source) {
    add("");
    add("  # " + seen(source) + ".");
    add("  # " + upper(YamlText.line(source.mapping().reason())) + ".");
    add("  # To use it, map its columns:");
    add("  # " + source.name() + ":");
    add("  #   kind: sales                # or catalog, or trends");
    add("  #   files: " + YamlText.quoted(source.files()));
    DraftFormats.of(source).ifPresent(format -> add("  #   format: " + format));
    add(
        "  #   columns: {}                # of "
            + YamlText.names(source.group().shape().columns()));
  }

  private Set<String> terms() {
    Set<String> terms = new HashSet<>();
    sources.forEach(source -> terms.addAll(source.terms()));
    return terms;
  }

  private void catalog() {
    boolean listed =
        sources.stream().anyMatch(source -> isUsed(source) && source.kind() == SourceKind.CATALOG);
    boolean sold =
        sources.stream().anyMatch(source -> isUsed(source) && source.kind() == SourceKind.SALES);
    add("");
    add("catalog:");
    if (!listed) {
      add("  # No catalogue was found: a product is known from its first sale on.");
    } else {
      add("  # true also adds a row for every sold product that the catalogue does not list.");
    }
    add("  infer_from_sales: " + (!listed && sold));
    if (sources.stream()
        .anyMatch(source -> source.mapping().columns().containsKey("launch_date"))) {
      add(
          "  # A launch is known in advance, but the files do not contain since when. If this line is");
      add(
          "  # missing, a product is known only from its launch day on, and launches are not predicted:");
      add("  # known_before_launch: 28d");
    }
    List<String> attributes =
        sources.stream().flatMap(source -> source.attributes().stream()).distinct().toList();
    if (!attributes.isEmpty()) {
      add("");
      add("# This line makes attributes inputs of the model; keep those with recurring values:");
      add("# features: {attributes: " + YamlText.line(YamlText.yaml(attributes)) + "}");
    }
  }

  private void add(String line) {
    text.append(line).append('\n');
  }
}
