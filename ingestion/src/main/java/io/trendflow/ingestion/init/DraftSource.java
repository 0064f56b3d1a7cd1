package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.SourceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draft of a source.
 *
 * @param name key of the source in the configuration
 * @param files glob of the files
 * @param group the files; if dates are their headings, with one record for each date instead
 * @param mapping guessed columns of a table without preset
 * @param unpivot how columns headed by dates become records; null if there are none
 * @param filters filters that a person must confirm
 * @param doubt why the source is not used before a person confirms it; empty if it is
 * @param extra decisions that depend on other sources
 */
record DraftSource(
    String name,
    String files,
    LookalikeFiles group,
    ColumnMapping mapping,
    @Nullable UnpivotGuess unpivot,
    LineFilters filters,
    String doubt,
    List<DraftQuestion> extra) {
  private static final int CATEGORIES = 200;

  @Nullable String preset() {
    return group.shape().preset();
  }

  /** Returns whether the kind of the files is known. */
  boolean isKnown() {
    return preset() != null || mapping.kind() != null;
  }

  /** Returns the source with a doubt about its kind, and further decisions. */
  DraftSource with(String reason, List<DraftQuestion> more) {
    return new DraftSource(name, files, group, mapping, unpivot, filters, reason, more);
  }

  /** Returns the decisions that are left to a person. */
  List<DraftQuestion> questions() {
    List<DraftQuestion> all = new ArrayList<>();
    if (!doubt.isEmpty()) {
      all.add(new DraftQuestion("the kind", doubt));
      return all;
    }
    if ("google-trends-widget".equals(preset())) {
      all.add(new DraftQuestion("keyword", "the file does not contain it; write it as a constant"));
    }
    int footer = group.shape().format().skipLastLines();
    if (footer > 0) {
      all.add(
          new DraftQuestion(
              "format",
              "the last "
                  + footer
                  + " lines have another number of fields than the header; init does not read them"
                  + " (skip_last_lines)"));
    }
    if (unpivot != null) {
      all.add(
          new DraftQuestion(
              "unpivot",
              "dates are the headings of "
                  + unpivot.config().columns().size()
                  + " columns; init reads every cell as a record, of "
                  + (mapping.kind() == SourceKind.SALES ? "units sold" : "interest")));
    }
    all.addAll(mapping.decisions());
    if (mapping.kind() != null) {
      PeriodGuess period = PeriodGuess.of(group, mapping);
      if (!period.isShown()) {
        all.add(
            new DraftQuestion(
                "period",
                "the dates of one series are always "
                    + period.period()
                    + "s apart; init reads a record as the total of a "
                    + period.period()
                    + ". If a record is about one day, remove the line"));
      }
    }
    all.addAll(filters.questions());
    all.addAll(extra);
    if (currencies().size() > 1) {
      all.add(
          new DraftQuestion(
              "currency",
              "the files have money in "
                  + YamlText.names(currencies())
                  + ", and a market has one currency"));
    }
    return all;
  }

  /** Returns the kind of the mapping or of the preset; null if it is not known. */
  @Nullable SourceKind kind() {
    String preset = preset();
    if (preset == null) {
      return mapping.kind();
    }
    return switch (preset) {
      case "shopify-orders" -> SourceKind.SALES;
      case "shopify-products", "woocommerce-products", "merchant-center" -> SourceKind.CATALOG;
      case "shopify-inventory" -> SourceKind.STOCK;
      default -> SourceKind.TRENDS;
    };
  }

  /** Returns the columns with values that no field uses. */
  List<String> left() {
    return left(Set.of()).map(ColumnSample::name).toList();
  }

  private Stream<ColumnSample> left(Set<String> taken) {
    Set<String> mapped =
        mapping.used().values().stream().map(ColumnSample::name).collect(Collectors.toSet());
    return group
        .filled()
        .filter(column -> !mapped.contains(column.name()) && !taken.contains(column.name()));
  }

  /** Returns the currency codes in the records. */
  List<String> currencies() {
    ColumnSample money = mapping.columns().get("currency");
    if ("shopify-orders".equals(preset())) {
      money = group.column("Currency");
    } else if ("merchant-center".equals(preset())) {
      money = group.column("price");
    }
    return money == null
        ? List.of()
        : money.distinct().stream()
            .map(text -> text.replaceAll("[^A-Z]", ""))
            .filter(code -> code.length() == 3)
            .distinct()
            .toList();
  }

  /** Returns the search terms of a source of trends, in lower case. */
  Set<String> terms() {
    ColumnSample terms =
        preset() == null ? mapping.columns().get("keyword") : group.column("keyword");
    return terms == null
        ? Set.of()
        : terms.distinct().stream()
            .map(text -> text.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  /**
   * Returns the columns of a catalogue with search terms: columns of which at least half of the
   * values are among the terms, or with a known name.
   */
  List<String> keywords(Set<String> terms) {
    if (mapping.kind() != SourceKind.CATALOG) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    group
        .filled()
        .forEach(
            column -> {
              Set<String> values = new HashSet<>();
              column.distinct().forEach(text -> values.add(text.toLowerCase(Locale.ROOT)));
              long searched = values.stream().filter(terms::contains).count();
              if ((searched > 1 && 2 * searched >= values.size())
                  || List.of("keywords", "searchterms", "motscles")
                      .contains(FieldNames.plain(column.name()))) {
                found.add(column.name());
              }
            });
    return found;
  }

  /** Returns the other columns of a catalogue that divide products into groups. */
  List<String> attributes() {
    return mapping.kind() != SourceKind.CATALOG
        ? List.of()
        : left(Set.of("keywords"))
            .filter(column -> column.dates(false).formats().isEmpty())
            .filter(
                column -> {
                  int values = column.distinct().size();
                  return values > 1 && values <= CATEGORIES && 3 * values <= group.records();
                })
            .map(ColumnSample::name)
            .toList();
  }
}
