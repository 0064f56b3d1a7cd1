package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.RecordPeriod;
import io.trendflow.ingestion.config.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the keys of a source below its kind and files, with comments about the values. */
final class DraftColumns {
  private final DraftSource source;
  private final SourceKind kind;
  private final Map<String, ColumnSample> columns;
  private final Set<String> terms;
  private final Consumer<String> line;

  DraftColumns(DraftSource source, Set<String> terms, Consumer<String> line) {
    this.source = source;
    this.kind = Objects.requireNonNull(source.mapping().kind());
    this.columns = source.mapping().columns();
    this.terms = terms;
    this.line = line;
  }

  void write() {
    DraftFormats.of(source).ifPresent(format -> line.accept("    format: " + format));
    period();
    line.accept("    columns:");
    for (String field : kind.fields()) {
      field(field);
    }
    constants();
    catalogue();
    if (kind == SourceKind.SALES) {
      DraftFilters.write(source, line);
    }
    left();
  }

  private void period() {
    ColumnSample date = columns.get("date");
    if (kind == SourceKind.CATALOG || date == null || source.mapping().isOpen("date")) {
      return;
    }
    RecordPeriod period = PeriodGuess.of(keys(), date.texts(), date.dates(true));
    if (period != RecordPeriod.DAY) {
      line.accept("    period: " + period + "   # from the distance between the dates");
    }
  }

  private List<String> keys() {
    ColumnSample key = columns.get(kind == SourceKind.SALES ? "product_id" : "keyword");
    ColumnSample geo = columns.get("geo");
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < source.group().records(); i++) {
      keys.add(text(key, i) + "\t" + text(geo, i));
    }
    return keys;
  }

  private static String text(@Nullable ColumnSample column, int record) {
    return column == null ? "" : column.texts().get(record);
  }

  private void field(String field) {
    ColumnSample column = columns.get(field);
    if (column == null) {
      if (kind.required().contains(field)) {
        line.accept("      # " + field + ": which column is it? " + question(field));
      }
    } else if (source.mapping().isOpen(field)) {
      open(field, column);
    } else {
      line.accept("      " + field + ": " + value(field, column) + "   # " + column.described());
    }
  }

  private String question(String field) {
    String meaning =
        switch (field) {
          case "units" -> "It counts the units sold. ";
          case "date" -> "It is the date of the sale or the observation. ";
          case "product_id" -> "It identifies the product. ";
          default -> "";
        };
    List<String> left = source.left();
    return meaning
        + (left.isEmpty()
            ? "There is no unused column."
            : "Unused columns: " + YamlText.line(String.join(", ", left)) + ".");
  }

  /** Writes both possible formats of a date, for a person to choose. */
  private void open(String field, ColumnSample column) {
    String example = column.values().get(0);
    line.accept(
        "      # "
            + field
            + ": the order of day and month is ambiguous in "
            + YamlText.shortened(example)
            + "; keep one of these lines:");
    for (String format : column.dates(true).formats()) {
      line.accept(
          "      # "
              + field
              + ": "
              + object(column.name(), "format: " + YamlText.quoted(format))
              + "   # "
              + new DateGuess(List.of(format)).day(example).map(Object::toString).orElse(""));
    }
  }

  private String value(String field, ColumnSample column) {
    List<String> keys = new ArrayList<>();
    if (ColumnMapping.isDate(field)) {
      String format = column.dates(true).formats().get(0);
      if (!format.equals(DateGuess.ISO)) {
        keys.add("format: " + YamlText.quoted(format));
      }
    }
    if (ColumnMapping.isNumber(field)) {
      column.numbers().ifPresent(form -> add(keys, form));
    }
    return keys.isEmpty()
        ? YamlText.yaml(column.name())
        : object(column.name(), keys.toArray(String[]::new));
  }

  private static void add(List<String> keys, NumberForm form) {
    if (form.extract() != null) {
      keys.add("extract: " + YamlText.quoted(form.extract()));
    }
    if (form.decimal().equals(",")) {
      keys.add("decimal: \",\"");
    }
    if (form.group() != null) {
      keys.add("group: " + YamlText.quoted(form.group()));
    }
  }

  private static String object(String column, String... keys) {
    return "{column: " + YamlText.yaml(column) + ", " + String.join(", ", keys) + "}";
  }

  private void constants() {
    if (kind != SourceKind.TRENDS) {
      line.accept("    constants: {market: all}");
    } else if (!columns.containsKey("metric")) {
      ColumnSample value = columns.get("value");
      String metric = value == null ? "interest" : FieldNames.plain(value.name());
      line.accept("    constants: {metric: " + YamlText.yaml(metric) + "}");
    }
  }

  private void catalogue() {
    List<String> keywords = source.keywords(terms);
    if (!keywords.isEmpty()) {
      line.accept("    # These columns contain search terms of the trends:");
      line.accept("    keywords: " + YamlText.yaml(keywords));
    }
    if (!source.attributes().isEmpty()) {
      line.accept("    attributes: " + YamlText.yaml(source.attributes()));
    }
  }

  private void left() {
    List<String> left = new ArrayList<>(source.left());
    left.removeAll(source.attributes());
    if (!left.isEmpty()) {
      line.accept("    # Unused columns: " + YamlText.line(String.join(", ", left)) + ".");
    }
    List<String> empty =
        source.group().columns().stream()
            .filter(ColumnSample::isEmpty)
            .map(ColumnSample::name)
            .toList();
    if (!empty.isEmpty()) {
      line.accept(
          "    # Columns without values in the sample: "
              + YamlText.line(String.join(", ", empty))
              + ".");
    }
  }
}
