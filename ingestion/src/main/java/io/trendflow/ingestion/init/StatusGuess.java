package io.trendflow.ingestion.init;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Column that says what became of a line, such as paid or cancelled.
 *
 * @param counts number of records by value, the most frequent first; an empty value counts as ""
 * @param bad values that do not sound like a sale
 * @param isMark whether any value means that the line is not a sale, such as a time of cancellation
 */
record StatusGuess(ColumnSample column, Map<String, Long> counts, Set<String> bad, boolean isMark) {
  private static final int MOST_VALUES = 30;
  private static final List<String> NAMES =
      List.of(
          "status",
          "state",
          "statut",
          "etat",
          "zustand",
          "estado",
          "stato",
          "event",
          "transaction_type",
          "type",
          "typ",
          "outcome",
          "kind",
          "movement",
          "mouvement",
          "bewegung",
          "operation",
          "vorgang",
          "belegart",
          "doctype");

  private static final List<String> MARKS =
      List.of(
          "cancel",
          "annul",
          "storn",
          "void",
          "refund",
          "rembours",
          "test",
          "deleted",
          "supprim",
          "geloscht");

  /** Stems of values that do not sound like a sale. */
  private static final List<String> BAD =
      List.of(
          "cancel",
          "annul",
          "anul",
          "geannul",
          "storn",
          "failed",
          "failure",
          "echou",
          "fehlgeschlagen",
          "refund",
          "rembours",
          "erstatt",
          "return",
          "retour",
          "zuruck",
          "pending",
          "attente",
          "ausstehend",
          "unpaid",
          "impay",
          "unbezahlt",
          "hold",
          "draft",
          "brouillon",
          "entwurf",
          "void",
          "expired",
          "expire",
          "abgelaufen",
          "declin",
          "refus",
          "reject",
          "abgelehnt",
          "denied",
          "chargeback",
          "fallid",
          "devuel",
          "reembols",
          "rimbors",
          "pendient",
          "gutschrift",
          "avoir",
          "fraud",
          "test",
          "abandon",
          "invalid",
          "deleted",
          "quote",
          "devis",
          "angebot",
          "exchange",
          "open",
          "offen");

  /** Stems of values of sales. */
  private static final List<String> GOOD =
      List.of(
          "complet",
          "ship",
          "deliver",
          "paid",
          "fulfil",
          "done",
          "sold",
          "payment",
          "sale",
          "process",
          "invoic",
          "approved",
          "captur",
          "settled",
          "success",
          "termin",
          "livre",
          "livree",
          "expedi",
          "paye",
          "payee",
          "regle",
          "factur",
          "vendu",
          "vente",
          "valid",
          "bezahlt",
          "versandt",
          "versendet",
          "geliefert",
          "abgeschlossen",
          "erledigt",
          "ready",
          "accept",
          "confirm",
          "active",
          "ok",
          "order",
          "dispatch",
          "available");

  private static final Pattern NONE = Pattern.compile("(?i)|0|false|no|n|non|nein|null|none");

  /** Finds the status columns of a table whose units are known. */
  static List<StatusGuess> of(LookalikeFiles group, ColumnMapping mapping) {
    ColumnSample units = mapping.columns().get("units");
    Set<String> used =
        mapping.used().values().stream().map(ColumnSample::name).collect(Collectors.toSet());
    List<StatusGuess> found = new ArrayList<>();
    Set<Integer> covered = new HashSet<>();
    group
        .filled()
        .filter(column -> !used.contains(column.name()))
        .forEach(
            column -> {
              StatusGuess guess = guess(column, units);
              if (guess != null && !guess.isCovered(covered)) {
                covered.addAll(guess.excluded());
                found.add(guess);
              }
            });
    return found;
  }

  private static @Nullable StatusGuess guess(ColumnSample column, @Nullable ColumnSample units) {
    Map<String, Long> counts = counts(column);
    if (NameWords.first(column.name(), MARKS).isPresent()
        && (!column.numbers().isNumber() || Set.of("0", "1", "").containsAll(counts.keySet()))) {
      boolean dates = column.dates(false).isDate();
      Set<String> marks = new TreeSet<>(counts.keySet());
      marks.removeIf(text -> NONE.matcher(text).matches());
      boolean some =
          !marks.isEmpty()
              && counts.keySet().stream().anyMatch(text -> NONE.matcher(text).matches());
      if (some && (dates || counts.size() <= MOST_VALUES)) {
        return new StatusGuess(column, counts, marks, dates);
      }
      return null;
    }
    if (NameWords.first(column.name(), NAMES).isEmpty()
        || counts.size() < 2
        || counts.size() > MOST_VALUES) {
      return null;
    }
    Set<String> bad = new TreeSet<>();
    Set<String> unknown = new TreeSet<>();
    for (String value : counts.keySet()) {
      if (NameWords.first(value, BAD).isPresent() && !isReturned(column, value, units)) {
        bad.add(value);
      } else if (NameWords.first(value, GOOD).isEmpty() && NameWords.first(value, BAD).isEmpty()) {
        unknown.add(value);
      }
    }
    // In some shops a closed order is a refunded one.
    unknown.stream()
        .filter(value -> value.toLowerCase(Locale.ROOT).equals("closed"))
        .filter(
            value ->
                counts.keySet().stream()
                    .anyMatch(other -> other.toLowerCase(Locale.ROOT).startsWith("complet")))
        .forEach(bad::add);
    boolean named = NameWords.first(column.name(), NAMES.subList(0, 7)).isPresent();
    return bad.isEmpty() && (unknown.isEmpty() || !named)
        ? null
        : new StatusGuess(column, counts, bad, false);
  }

  private static Map<String, Long> counts(ColumnSample column) {
    Map<String, Long> counts = new LinkedHashMap<>();
    column.texts().forEach(text -> counts.merge(text, 1L, Long::sum));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /** Returns whether every record with a value has negative units, which count as a return. */
  private static boolean isReturned(
      ColumnSample column, String value, @Nullable ColumnSample units) {
    if (units == null) {
      return false;
    }
    double[] numbers = units.doubles();
    for (int i = 0; i < numbers.length; i++) {
      if (column.texts().get(i).equals(value) && !(numbers[i] < 0)) {
        return false;
      }
    }
    return true;
  }

  private Set<Integer> excluded() {
    Set<Integer> records = new HashSet<>();
    for (int i = 0; i < column.texts().size(); i++) {
      if (bad.contains(column.texts().get(i))) {
        records.add(i);
      }
    }
    return records;
  }

  /** Returns whether other columns exclude every record that this one would. */
  private boolean isCovered(Set<Integer> covered) {
    return !bad.isEmpty() && covered.containsAll(excluded());
  }

  /** Returns the values with the numbers of their records. */
  String seen() {
    if (isMark) {
      return "set in "
          + ColumnSample.share(excluded().size(), column.texts().size())
          + " of the records";
    }
    return counts.entrySet().stream()
        .limit(12)
        .map(
            value ->
                (value.getKey().isEmpty() ? "empty" : YamlText.shortened(value.getKey()))
                    + " "
                    + value.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Returns the regular expression of the values that are not sales. */
  String pattern() {
    return isMark ? ".+" : bad.stream().map(StatusGuess::literal).collect(Collectors.joining("|"));
  }

  static String literal(String text) {
    return text.replaceAll("([\\\\.\\[\\]{}()*+?^$|])", "\\\\$1");
  }
}
