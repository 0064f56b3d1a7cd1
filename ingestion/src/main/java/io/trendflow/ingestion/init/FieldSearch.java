package io.trendflow.ingestion.init;

import io.trendflow.ingestion.clean.CatalogMatch;
import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.SourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Search for the columns of a table that fill the fields of a kind. */
final class FieldSearch {
  private static final Set<String> FLAGS =
      Set.of(
          "true",
          "false",
          "yes",
          "no",
          "y",
          "n",
          "1",
          "0",
          "in_stock",
          "in stock",
          "out_of_stock",
          "out of stock");

  /** Stems of words in the name of a date that is not the day of a sale. */
  private static final List<String> OTHER_DATES =
      List.of(
          "end",
          "due",
          "ship",
          "shipped",
          "shipping",
          "limit",
          "deadline",
          "deliver",
          "dispatch",
          "estimated",
          "expected",
          "promised",
          "updated",
          "modified",
          "birth",
          "expir",
          "valid",
          "approved",
          "return",
          "refund",
          "cancel",
          "livraison",
          "expedition",
          "echeance",
          "limite",
          "prevue",
          "retour",
          "fin",
          "liefer",
          "versand",
          "fallig",
          "frist",
          "geliefert",
          "entrega",
          "consegna",
          "stock");

  /** Names of columns that are units in some exports and money in others. */
  private static final Set<String> SALES =
      Set.of("sales", "ventes", "verkaufe", "verkauf", "sold", "volume", "absatz", "vendite");

  private final SourceKind kind;
  private final LookalikeFiles group;
  private final Map<String, ColumnSample> columns = new LinkedHashMap<>();
  private final Map<String, OpenField> open = new LinkedHashMap<>();
  private final Set<String> guessed = new LinkedHashSet<>();
  private final List<DraftQuestion> questions = new ArrayList<>();
  private final Set<String> free;

  private FieldSearch(SourceKind kind, LookalikeFiles group) {
    this.kind = kind;
    this.group = group;
    this.free = new LinkedHashSet<>(group.filled().map(ColumnSample::name).toList());
  }

  static FieldSearch of(SourceKind kind, LookalikeFiles group) {
    FieldSearch search = new FieldSearch(kind, group);
    kind.fields().forEach(search::find);
    return search;
  }

  private void find(String field) {
    List<String> names =
        FieldNames.columns(kind, field, free).stream()
            .filter(name -> !isOfParent(field, name))
            .toList();
    for (String name : field.equals("product_id") ? repeatedFirst(names) : names) {
      ColumnSample column = Objects.requireNonNull(group.column(name));
      if (isRepeated(name)) {
        open.putIfAbsent(
            field,
            new OpenField(
                column,
                "several columns are named "
                    + YamlText.shortened(name)
                    + "; give each its own name",
                false));
      } else if (holds(field, column)) {
        OpenField spoiled = open.get(field);
        take(field, column);
        if (spoiled != null) {
          questions.add(
              new DraftQuestion(
                  field, spoiled.why() + "; init took " + YamlText.shortened(name) + " instead"));
        }
        return;
      } else if (isSpoiled(field, column)) {
        open.putIfAbsent(field, OpenField.unreadable(column, expected(field)));
      }
    }
    if (names.isEmpty() && field.equals("date")) {
      guessDate();
    }
    if (names.isEmpty() && field.equals("order_id") && free.contains("../id")) {
      take(field, Objects.requireNonNull(group.column("../id")));
    }
    OpenField undecided = open.get(field);
    if (undecided != null) {
      free.remove(undecided.column().name());
    }
  }

  /**
   * Returns the columns of sales whose ids repeat in front of the others: an id that differs in
   * every record is that of a line or a listing.
   */
  private List<String> repeatedFirst(List<String> names) {
    if (kind != SourceKind.SALES || group.records() < 20) {
      return names;
    }
    return names.stream()
        .sorted(
            Comparator.comparing(
                (String name) -> {
                  ColumnSample column = group.required(name);
                  return 10 * column.distinct().size() > 9 * column.values().size();
                }))
        .toList();
  }

  /** Returns whether a column repeats a number of the order in each of its lines. */
  private static boolean isOfParent(String field, String name) {
    return name.startsWith("../") && (ColumnMapping.isNumber(field) || field.equals("product_id"));
  }

  private boolean isRepeated(String name) {
    return Collections.frequency(group.shape().columns(), name) > 1;
  }

  private void take(String field, ColumnSample column) {
    free.remove(column.name());
    open.remove(field);
    String why = doubt(field, column);
    if (!why.isEmpty()) {
      open.put(field, new OpenField(column, why, true));
      return;
    }
    columns.put(field, column);
    odd(field, column);
    blanks(field, column);
  }

  private void guessDate() {
    List<ColumnSample> dates =
        group
            .filled()
            .filter(column -> free.contains(column.name()) && column.dates(false).isDate())
            .toList();
    if (dates.size() == 1 && !isRepeated(dates.get(0).name())) {
      ColumnSample column = dates.get(0);
      free.remove(column.name());
      guessed.add("date");
      open.put(
          "date",
          new OpenField(
              column,
              "column "
                  + YamlText.shortened(column.name())
                  + " is the only one with dates, but its name does not show that it is the day of"
                  + " the sale",
              true));
    }
  }

  /** Returns why the use of a column is open; empty if it is not. */
  private String doubt(String field, ColumnSample column) {
    if (ColumnMapping.isDate(field)) {
      if (field.equals("date") && NameWords.first(column.name(), OTHER_DATES).isPresent()) {
        return "column "
            + YamlText.shortened(column.name())
            + " does not sound like the day of the sale";
      }
      DateGuess dates = column.dates(true);
      return dates.isOpen() ? dates.question(column.values().get(0)) : "";
    }
    if (ColumnMapping.isNumber(field)) {
      NumberGuess numbers = column.numbers();
      return numbers.isOpen() ? separators(numbers) : "";
    }
    if (field.equals("product_id")) {
      long shortened = column.values().stream().filter(CatalogMatch::isShortened).count();
      return shortened == 0
          ? ""
          : "a spreadsheet has shortened "
              + ColumnSample.share(shortened, column.values().size())
              + " of its ids, such as "
              + column.values().stream().filter(CatalogMatch::isShortened).findFirst().orElse("")
              + ", so that different products have the same id; export the file again, and do not"
              + " save it from a spreadsheet";
    }
    return "";
  }

  private static String separators(NumberGuess numbers) {
    NumberForm point = numbers.forms().get(0);
    NumberForm comma = numbers.forms().get(1);
    String example = numbers.unclear();
    if (numbers.points() > 0 && numbers.commas() > 0) {
      return "some of its numbers have a decimal comma and others a decimal point";
    }
    return YamlText.shortened(example)
        + " can be "
        + number(point.value(example))
        + " or "
        + number(comma.value(example))
        + ", and no other number of the files shows which sign separates the decimals";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%s", value);
  }

  private void odd(String field, ColumnSample column) {
    if (ColumnMapping.isNumber(field)) {
      NumberGuess numbers = column.numbers();
      if (numbers.odd() > 0) {
        questions.add(odd(field, column, numbers.odd(), String.join(", ", numbers.examples())));
      }
    } else if (ColumnMapping.isDate(field)) {
      DateGuess dates = column.dates(true);
      List<String> odd =
          column.values().stream().filter(text -> dates.day(text).isEmpty()).toList();
      if (!odd.isEmpty()) {
        String examples =
            String.join(", ", odd.stream().distinct().limit(3).map(YamlText::shortened).toList());
        questions.add(odd(field, column, odd.size(), examples));
      }
    }
  }

  private static DraftQuestion odd(String field, ColumnSample column, long odd, String examples) {
    return new DraftQuestion(
        field,
        ColumnSample.share(odd, column.values().size())
            + " of the values of "
            + YamlText.shortened(column.name())
            + " are not "
            + expected(field)
            + " ("
            + examples
            + "); these records would be rejected: correct them or exclude them with a filter");
  }

  /** Asks about required fields that are empty in more records than an ingest rejects. */
  private void blanks(String field, ColumnSample column) {
    if (kind.required().contains(field) && 100 * column.empty() > column.texts().size()) {
      List<String> others =
          FieldNames.columns(kind, field, free).stream().map(YamlText::yaml).toList();
      questions.add(
          new DraftQuestion(
              field,
              ColumnSample.share(column.empty(), column.texts().size())
                  + " of the records have no "
                  + YamlText.shortened(column.name())
                  + " and would be rejected"
                  + (others.isEmpty() || !field.equals("product_id")
                      ? ""
                      : "; to use another id there, write {column: ["
                          + YamlText.yaml(column.name())
                          + ", "
                          + String.join(", ", others)
                          + "]}")));
    }
  }

  /** Returns whether the values are possible for a field. */
  private static boolean holds(String field, ColumnSample column) {
    if (ColumnMapping.isNumber(field)) {
      return column.numbers().isNumber();
    }
    if (ColumnMapping.isDate(field)) {
      return column.dates(true).isDate();
    }
    return switch (field) {
      case "in_stock" ->
          column.distinct().stream()
              .allMatch(text -> FLAGS.contains(text.toLowerCase(Locale.ROOT)));
      case "currency" ->
          column.distinct().size() == 1 && column.distinct().get(0).matches("[A-Z]{3}");
        // Every market needs settings of its own, which a file does not contain.
      case "market" -> false;
      default -> true;
    };
  }

  /** Returns whether a column that does not hold a field is a decision. */
  private static boolean isSpoiled(String field, ColumnSample column) {
    return ColumnMapping.isNumber(field)
        || ColumnMapping.isDate(field)
        || (field.equals("currency") && column.distinct().size() > 1);
  }

  private static String expected(String field) {
    if (field.equals("currency")) {
      return "one currency";
    }
    return ColumnMapping.isDate(field) ? "dates" : "numbers";
  }

  /** Fills a field with a column, whatever its name. */
  void force(String field, ColumnSample column) {
    drop(field);
    columns.values().removeIf(other -> other.name().equals(column.name()));
    open.values().removeIf(other -> other.column().name().equals(column.name()));
    take(field, column);
  }

  /** Leaves a field without a column. */
  void drop(String field) {
    columns.remove(field);
    open.remove(field);
    questions.removeIf(question -> question.subject().equals(field));
  }

  /** Makes a column such as {@code sales} a question, which some exports use for units. */
  FieldSearch withAmbiguousSales() {
    ColumnSample total = columns.get("revenue");
    if (!has("units") && total != null && SALES.contains(FieldNames.plain(total.name()))) {
      columns.remove("revenue");
      open.put(
          "units",
          new OpenField(
              total,
              "column "
                  + YamlText.shortened(total.name())
                  + " may count units or be money; use the line in the file if it counts units",
              true));
    }
    return this;
  }

  /** Returns whether a column may fill a field. */
  boolean has(String field) {
    return columns.containsKey(field) || open.containsKey(field);
  }

  boolean isGuessed(String field) {
    return guessed.contains(field);
  }

  String name(String field) {
    ColumnSample column = columns.get(field);
    OpenField undecided = open.get(field);
    return column != null ? column.name() : undecided == null ? "" : undecided.column().name();
  }

  int size() {
    return columns.size() + open.size();
  }

  Map<String, ColumnSample> columns() {
    return columns;
  }

  Map<String, OpenField> open() {
    return open;
  }

  List<DraftQuestion> questions() {
    return List.copyOf(questions);
  }
}
