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
    unpivot();
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
    source.extra().forEach(this::extra);
    left();
  }

  private void unpivot() {
    UnpivotGuess unpivot = source.unpivot();
    if (unpivot != null) {
      line.accept("    # Every column with a date becomes a record:");
      line.accept(
          "    unpivot: {columns: "
              + YamlText.yaml(unpivot.config().columns())
              + ", name: "
              + unpivot.config().name()
              + ", value: "
              + unpivot.config().value()
              + "}");
    }
  }

  private void period() {
    PeriodGuess period = PeriodGuess.of(source.group(), source.mapping());
    if (period.period() != RecordPeriod.DAY) {
      line.accept(
          "    period: "
              + period.period()
              + (period.isShown()
                  ? ""
                  : "   # guessed from the distance between the dates: confirm it"));
    }
  }

  private void field(String field) {
    ColumnSample column = columns.get(field);
    OpenField open = source.mapping().open().get(field);
    if (open != null) {
      open(field, open);
    } else if (column != null) {
      line.accept("      " + field + ": " + value(field, column) + "   # " + column.described());
    } else if (kind.required().contains(field)) {
      line.accept("      # " + field + ": which column is it? " + question(field));
    }
    source.mapping().questions().stream()
        .filter(question -> question.subject().equals(field))
        .forEach(
            question -> line.accept("      # confirm: " + YamlText.line(question.text()) + "."));
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
            : "Unused columns: " + YamlText.names(left) + ".");
  }

  /** Writes the possible forms of an open field, for a person to choose. */
  private void open(String field, OpenField open) {
    line.accept(
        "      # " + field + ": " + YamlText.line(open.why()) + (open.isUsable() ? ":" : "."));
    if (!open.isUsable()) {
      return;
    }
    ColumnSample column = open.column();
    if (ColumnMapping.isDate(field)) {
      for (String format : column.dates(true).formats()) {
        DateGuess one = new DateGuess(List.of(format));
        String example = column.values().stream().filter(one::reads).findFirst().orElse("");
        line.accept(
            "      # "
                + field
                + ": "
                + written(column, dates(format))
                + "   # "
                + one.day(example).map(day -> example + " is " + day).orElse(""));
      }
    } else if (ColumnMapping.isNumber(field)) {
      for (NumberForm form : column.numbers().forms()) {
        String example = column.numbers().unclear();
        line.accept(
            "      # "
                + field
                + ": "
                + written(column, numbers(form))
                + (example.isEmpty() ? "" : "   # " + example + " is " + form.value(example)));
      }
    } else {
      line.accept("      # " + field + ": " + YamlText.yaml(column.name()));
    }
  }

  private String value(String field, ColumnSample column) {
    if (ColumnMapping.isDate(field)) {
      return written(column, dates(column.dates(true).formats().get(0)));
    }
    NumberGuess numbers = column.numbers();
    return ColumnMapping.isNumber(field) && numbers.isNumber()
        ? written(column, numbers(numbers.forms().get(0)))
        : YamlText.yaml(column.name());
  }

  private List<String> dates(String format) {
    List<String> keys = new ArrayList<>();
    UnpivotGuess unpivot = source.unpivot();
    if (unpivot != null && unpivot.extract() != null) {
      keys.add("extract: " + YamlText.quoted(unpivot.extract()));
    }
    if (!format.equals(DateGuess.ISO)) {
      keys.add("format: " + YamlText.quoted(format));
    }
    return keys;
  }

  private static List<String> numbers(NumberForm form) {
    List<String> keys = new ArrayList<>();
    if (form.symbol() != null) {
      keys.add("symbol: " + YamlText.quoted(form.symbol()));
    }
    if (form.decimal().equals(",")) {
      keys.add("decimal: \",\"");
    }
    if (form.group() != null) {
      keys.add("group: " + YamlText.quoted(form.group()));
    }
    return keys;
  }

  private static String written(ColumnSample column, List<String> keys) {
    return keys.isEmpty()
        ? YamlText.yaml(column.name())
        : "{column: " + YamlText.yaml(column.name()) + ", " + String.join(", ", keys) + "}";
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

  private void extra(DraftQuestion question) {
    line.accept("    # " + question.subject() + ": " + YamlText.line(question.text()) + ".");
    if (question.subject().equals("deduplicate")) {
      line.accept("    # deduplicate: true");
    }
  }

  private void left() {
    List<String> left = new ArrayList<>(source.left());
    left.removeAll(source.attributes());
    if (!left.isEmpty()) {
      line.accept("    # Unused columns: " + YamlText.names(left) + ".");
    }
    List<String> empty =
        source.group().columns().stream()
            .filter(ColumnSample::isEmpty)
            .map(ColumnSample::name)
            .toList();
    if (!empty.isEmpty()) {
      line.accept("    # Columns without values in the sample: " + YamlText.names(empty) + ".");
    }
  }
}
