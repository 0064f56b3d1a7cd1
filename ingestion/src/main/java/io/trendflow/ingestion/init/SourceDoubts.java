package io.trendflow.ingestion.init;

import io.trendflow.ingestion.clean.CatalogMatch;
import io.trendflow.ingestion.config.SourceKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decisions about sources that depend on the other files of the folder. */
final class SourceDoubts {
  /** Separator of the names of two files, which the name of a file cannot contain. */
  private static final String PAIR = "\0";

  private final List<DraftSource> sources;

  private SourceDoubts(List<DraftSource> sources) {
    this.sources = sources;
  }

  /** Returns the sources with their doubts. */
  static List<DraftSource> add(List<DraftSource> sources) {
    SourceDoubts doubts = new SourceDoubts(sources);
    Map<DraftSource, String> second = doubts.secondSales();
    return sources.stream().map(source -> doubts.judged(source, second)).toList();
  }

  private DraftSource judged(DraftSource source, Map<DraftSource, String> second) {
    List<DraftQuestion> extra = new ArrayList<>(source.extra());
    if (source.kind() == SourceKind.SALES) {
      repeatedLines(source).ifPresent(extra::add);
      join(source).ifPresent(extra::add);
      unlisted(source).ifPresent(extra::add);
    }
    String doubt = kindDoubt(source);
    return source.with(
        doubt.isEmpty() ? second.getOrDefault(source, "") : doubt, List.copyOf(extra));
  }

  private static String kindDoubt(DraftSource source) {
    SourceKind kind = source.mapping().kind();
    return kind == null
        ? ""
        : KindDoubts.of(source.group().files(), source.group(), kind, source.mapping().used())
            .orElse("");
  }

  /** Finds sources of sales over the same days as a better one. */
  private Map<DraftSource, String> secondSales() {
    Map<DraftSource, String> doubts = new LinkedHashMap<>();
    Map<DraftSource, Set<LocalDate>> days = new HashMap<>();
    List<DraftSource> sales =
        sources.stream()
            .filter(source -> source.kind() == SourceKind.SALES && kindDoubt(source).isEmpty())
            .sorted(Comparator.comparingInt(SourceDoubts::evidence).reversed())
            .toList();
    List<DraftSource> kept = new ArrayList<>();
    for (DraftSource source : sales) {
      Set<LocalDate> own = days(source);
      days.put(source, own);
      Optional<DraftSource> same =
          kept.stream()
              .filter(other -> isShared(own, days.getOrDefault(other, Set.of())))
              .findFirst();
      if (same.isEmpty()) {
        kept.add(source);
      } else {
        doubts.put(
            source,
            "it looks like sales of the same days as source "
                + same.get().name()
                + ", and both would be added up. Uncomment the source only if its sales are not"
                + " in the other one");
      }
    }
    return doubts;
  }

  private static boolean isShared(Set<LocalDate> own, Set<LocalDate> others) {
    Set<LocalDate> shared = new HashSet<>(own);
    shared.retainAll(others);
    return !shared.isEmpty() && 5 * shared.size() >= Math.min(own.size(), others.size());
  }

  private static int evidence(DraftSource source) {
    if (source.preset() != null) {
      return Integer.MAX_VALUE;
    }
    Map<String, ColumnSample> columns = source.mapping().columns();
    int evidence = source.mapping().decisions().isEmpty() ? 4 : 0;
    evidence += columns.containsKey("order_id") ? 2 : 0;
    evidence += columns.containsKey("unit_price") || columns.containsKey("revenue") ? 2 : 0;
    return 2 * evidence + (source.group().files().size() > 1 ? 1 : 0);
  }

  private static Set<LocalDate> days(DraftSource source) {
    ColumnSample date =
        source.preset() == null
            ? source.mapping().used().get("date")
            : source.group().column("Created at");
    if (date == null) {
      return Set.of();
    }
    DateGuess form = date.dates(true);
    return form.isDate()
        ? date.distinct().stream()
            .flatMap(text -> form.day(text).stream())
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** Asks about lines that two files of a source share. */
  private static Optional<DraftQuestion> repeatedLines(DraftSource source) {
    LookalikeFiles group = source.group();
    if (group.files().size() < 2 || group.origins().isEmpty()) {
      return Optional.empty();
    }
    ColumnSample date = source.mapping().used().get("date");
    Map<String, String> first = new HashMap<>();
    Map<String, Long> shared = new LinkedHashMap<>();
    Map<String, Set<String>> days = new HashMap<>();
    for (int i = 0; i < group.records(); i++) {
      StringBuilder line = new StringBuilder();
      for (ColumnSample column : group.columns()) {
        line.append(column.texts().get(i)).append('\u001f');
      }
      String file = group.origins().get(i);
      String before = first.putIfAbsent(line.toString(), file);
      if (before != null && !before.equals(file)) {
        String pair = before + PAIR + file;
        shared.merge(pair, 1L, Long::sum);
        days.computeIfAbsent(pair, key -> new TreeSet<>()).add(text(date, i));
      }
    }
    return shared.entrySet().stream()
        .filter(pair -> pair.getValue() >= 3 && isMost(pair, group, date, days.get(pair.getKey())))
        .findFirst()
        .map(
            pair ->
                new DraftQuestion(
                    "deduplicate",
                    pair.getKey().replace(PAIR, " and ")
                        + " share "
                        + pair.getValue()
                        + " equal records of the sample, which would count twice; to count them"
                        + " once, uncomment deduplicate: true"));
  }

  /** Returns whether most of the second file's records on the shared days are in the first. */
  private static boolean isMost(
      Map.Entry<String, Long> pair,
      LookalikeFiles group,
      @Nullable ColumnSample date,
      @Nullable Set<String> days) {
    String[] files = pair.getKey().split(PAIR, 2);
    long second = 0;
    for (int i = 0; i < group.records(); i++) {
      second +=
          files[1].equals(group.origins().get(i)) && days != null && days.contains(text(date, i))
              ? 1
              : 0;
    }
    return 2 * pair.getValue() >= second;
  }

  private static String text(@Nullable ColumnSample column, int record) {
    return column == null ? "" : column.texts().get(record);
  }

  /** Asks about sold products of which the catalogue has less than half. */
  private Optional<DraftQuestion> unlisted(DraftSource source) {
    Set<String> sold = ids(source);
    Set<String> listed =
        sources.stream()
            .filter(other -> other.mapping().kind() == SourceKind.CATALOG)
            .flatMap(other -> ids(other).stream())
            .collect(Collectors.toSet());
    return sold.isEmpty() || listed.isEmpty() || 2 * CatalogMatch.known(sold, listed) >= sold.size()
        ? Optional.empty()
        : Optional.of(new DraftQuestion("product_id", CatalogMatch.sentence(sold, listed)));
  }

  private static Set<String> ids(DraftSource source) {
    ColumnSample id = source.mapping().columns().get("product_id");
    return id == null ? Set.of() : new TreeSet<>(id.values());
  }

  /** Names another file that has what a source lacks. */
  private Optional<DraftQuestion> join(DraftSource source) {
    ColumnMapping mapping = source.mapping();
    for (String field : List.of("date", "product_id")) {
      if (source.preset() == null && !mapping.columns().containsKey(field)) {
        Optional<DraftQuestion> found =
            sources.stream()
                .filter(other -> !other.name().equals(source.name()) && other.preset() == null)
                .flatMap(other -> join(source, other, field).stream())
                .findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<DraftQuestion> join(DraftSource source, DraftSource other, String field) {
    Optional<String> key =
        source
            .group()
            .filled()
            .map(ColumnSample::name)
            .filter(
                name -> NameWords.of(name).contains("id") || NameWords.of(name).contains("order"))
            .filter(name -> isKey(source.group().required(name), other.group().column(name)))
            .findFirst();
    boolean has =
        field.equals("date")
            ? other.group().filled().anyMatch(column -> column.dates(false).isDate())
            : other.mapping().used().containsKey("product_id")
                || !FieldSearch.of(SourceKind.SALES, other.group()).name("product_id").isEmpty();
    return has
        ? key.map(
            name ->
                new DraftQuestion(
                    field,
                    (field.equals("date") ? "dates" : "products")
                        + " are in "
                        + other.group().files().get(0)
                        + ", which has the same column "
                        + YamlText.shortened(name)
                        + ": join the two files into one line for each product sold, and run init"
                        + " again"))
        : Optional.empty();
  }

  private static boolean isKey(ColumnSample own, @Nullable ColumnSample other) {
    if (other == null) {
      return false;
    }
    Set<String> ids = new HashSet<>(other.values());
    return own.values().stream().limit(200).filter(ids::contains).count() * 2
        >= Math.min(200, own.values().size());
  }
}
