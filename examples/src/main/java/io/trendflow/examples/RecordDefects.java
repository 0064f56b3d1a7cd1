package io.trendflow.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Choice of the odd records of a source, each with one oddity. */
final class RecordDefects {
  private final String source;
  private final List<DirtKind> kinds;
  private final int each;
  private final Map<Integer, DirtKind> kindOf = new HashMap<>();

  private RecordDefects(String source, List<DirtKind> kinds, int each) {
    this.source = source;
    this.kinds = kinds;
    this.each = each;
  }

  /**
   * Chooses the odd records.
   *
   * @param records number of clean records of the source, which are numbered from 0
   * @param share of odd records for each kind; at least one record is odd
   */
  static RecordDefects plant(
      String source, List<DirtKind> kinds, int records, double share, RandomDraws draws) {
    RecordDefects dirt =
        new RecordDefects(source, kinds, (int) Math.max(1, Math.round(share * records)));
    for (DirtKind kind : kinds) {
      for (int planted = 0; planted < dirt.each; ) {
        boolean free = dirt.kindOf.putIfAbsent(draws.between(0, records - 1), kind) == null;
        planted += free ? 1 : 0;
      }
    }
    return dirt;
  }

  /** Returns the records to write for a clean record: the record itself, its odd form, or both. */
  List<CsvRow> apply(int number, CsvRow row) {
    DirtKind kind = kindOf.get(number);
    if (kind == null) {
      return List.of(row);
    }
    return kind.isAdded() ? List.of(row, kind.soiled(row)) : List.of(kind.soiled(row));
  }

  List<PlantedDirt> manifest() {
    List<PlantedDirt> planted = new ArrayList<>();
    kinds.forEach(
        kind ->
            planted.add(
                new PlantedDirt(
                    source, kind.label(), each, kind.outcome.name().toLowerCase(Locale.ROOT))));
    return planted;
  }
}
