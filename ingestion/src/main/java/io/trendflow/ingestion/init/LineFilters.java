package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FileFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Filters of lines that do not sound like sales, which a person must confirm.
 *
 * @param lines lines of YAML below {@code filters}, with comments
 * @param questions a question for every filter
 */
record LineFilters(List<String> lines, List<DraftQuestion> questions) {
  private static final Pattern TOTAL =
      Pattern.compile(
          "(?i)\\W*(?:grand|sub|sous|zwischen|end|gesamt|report)?[ _-]?"
              + "(?:totals?|totaux|summe|gesamt|gesamtsumme|gesamtergebnis|somme|suma|totale|sum)"
              + "(?:[ :].*)?\\W*");

  private static final int FEW = 2;

  /** Returns the filters of lines that are not records: descriptions, headers and totals. */
  static LineFilters of(LookalikeFiles group, ColumnMapping mapping, Set<Integer> excluded) {
    LineFilters filters = new LineFilters(new ArrayList<>(), new ArrayList<>());
    List<String> description = description(group, mapping);
    if (!description.isEmpty()) {
      filters.description(description);
      excluded.add(0);
    }
    filters.headers(mapping, excluded);
    filters.totals(group, mapping, excluded);
    return filters;
  }

  /** Adds filters of records that did not become sales. */
  void addStatus(LookalikeFiles group, ColumnMapping mapping) {
    boolean optional =
        group.shape().format().type() == FileFormat.JSON
            || group.shape().format().type() == FileFormat.XML
            || group.shape().format().type() == FileFormat.JSON_LINES;
    StatusGuess.of(group, mapping).forEach(status -> status(status, optional));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Excludes headers that are repeated where files were put together. */
  private void headers(ColumnMapping mapping, Set<Integer> excluded) {
    ColumnSample date = mapping.used().get("date");
    ColumnSample column = date == null ? mapping.used().get("units") : date;
    if (column == null || !column.texts().contains(column.name())) {
      return;
    }
    for (int i = 0; i < column.texts().size(); i++) {
      if (column.texts().get(i).equals(column.name())) {
        excluded.add(i);
      }
    }
    lines.add("      # The header is repeated between the records.");
    lines.add(
        "      - {rule: repeated_header, column: "
            + YamlText.yaml(column.name())
            + ", drop_matching: "
            + YamlText.quoted(StatusGuess.literal(column.name()))
            + "}");
  }

  private void totals(LookalikeFiles group, ColumnMapping mapping, Set<Integer> excluded) {
    Set<ColumnSample> columns = new LinkedHashSet<>();
    Stream.of("product_id", "name", "date", "category")
        .flatMap(field -> Optional.ofNullable(mapping.used().get(field)).stream())
        .forEach(columns::add);
    group.filled().forEach(columns::add);
    for (ColumnSample column : columns) {
      List<String> totals = column.distinct().stream().filter(matches(TOTAL)).toList();
      if (!totals.isEmpty()) {
        long count = 0;
        for (int i = 0; i < column.texts().size(); i++) {
          if (TOTAL.matcher(column.texts().get(i)).matches()) {
            excluded.add(i);
            count++;
          }
        }
        String seen = String.join(", ", totals.stream().limit(3).map(YamlText::shortened).toList());
        add(
            "total_line",
            column,
            Pattern.compile("\\d").matcher(seen).find() || totals.size() > FEW
                ? TOTAL.pattern()
                : String.join("|", totals.stream().map(StatusGuess::literal).toList()),
            false,
            count
                + (count == 1 ? " record is the total" : " records are totals")
                + " of others ("
                + seen
                + " in column "
                + YamlText.shortened(column.name())
                + "); init excludes "
                + (count == 1 ? "it" : "them"));
        return;
      }
    }
  }

  private static Predicate<String> matches(Pattern pattern) {
    return text -> pattern.matcher(text).matches();
  }

  private void status(StatusGuess status, boolean optional) {
    String seen =
        "column " + YamlText.shortened(status.column().name()) + " has the values " + status.seen();
    if (status.isMark()) {
      seen = "column " + YamlText.shortened(status.column().name()) + " is " + status.seen();
    }
    if (status.bad().isEmpty()) {
      lines.add("      # " + upper(seen) + ". To keep some of them:");
      lines.add(
          "      # - {rule: not_a_sale, column: "
              + YamlText.yaml(status.column().name())
              + ", keep_matching: \"...\"}");
      questions.add(new DraftQuestion("filters", seen + "; init counts all of them as sales"));
      return;
    }
    add(
        rule(status),
        status.column(),
        status.pattern(),
        optional,
        seen
            + "; init excludes "
            + (status.isMark()
                ? "the records with a value"
                : String.join(
                    ", ", status.bad().stream().limit(8).map(YamlText::shortened).toList())));
  }

  private String rule(StatusGuess status) {
    String plain = String.join("_", NameWords.of(status.column().name()));
    return plain.isEmpty() || lines.stream().anyMatch(line -> line.contains("rule: " + plain + ","))
        ? "not_a_sale_" + lines.size()
        : plain;
  }

  private void description(List<String> found) {
    lines.add("      # The first record of the file describes the columns.");
    lines.add(
        "      - {rule: description_line, column: "
            + YamlText.yaml(found.get(0))
            + ", drop_matching: "
            + YamlText.quoted(StatusGuess.literal(found.get(1)))
            + "}");
  }

  /** Returns column and text of a first record that describes the columns; empty if it does not. */
  private static List<String> description(LookalikeFiles group, ColumnMapping mapping) {
    if (group.records() < 10) {
      return List.of();
    }
    List<ColumnSample> read =
        mapping.used().entrySet().stream()
            .filter(
                field ->
                    ColumnMapping.isNumber(field.getKey()) || ColumnMapping.isDate(field.getKey()))
            .map(field -> field.getValue())
            .toList();
    boolean describes =
        read.size() > 1
            && read.stream()
                .allMatch(
                    column ->
                        column.texts().get(0).matches(".*\\p{L}{3}.*")
                            && !NumberForm.isNumeric(column.texts().get(0))
                            && !column.dates(true).reads(column.texts().get(0)));
    return describes ? List.of(read.get(0).name(), read.get(0).texts().get(0)) : List.of();
  }

  private void add(
      String rule, ColumnSample column, String pattern, boolean optional, String sentence) {
    lines.add(
        "      # "
            + upper(YamlText.line(sentence))
            + ". Correct or remove this line if that is wrong:");
    lines.add(
        "      - {rule: "
            + rule
            + ", column: "
            + YamlText.yaml(column.name())
            + (optional ? ", optional: true" : "")
            + ", drop_matching: "
            + YamlText.quoted(pattern)
            + "}");
    questions.add(new DraftQuestion("filters", sentence));
  }

  private static String upper(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
