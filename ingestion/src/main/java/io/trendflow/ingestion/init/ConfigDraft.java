package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.ConfigValidation;
import io.trendflow.ingestion.config.SourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Draft of a configuration for a folder of raw files, based on their content. */
public final class ConfigDraft {
  private static final LineFilters NO_FILTERS = new LineFilters(List.of(), List.of());

  private final FolderLook folder;
  private final List<DraftSource> sources;

  private ConfigDraft(FolderLook folder, List<DraftSource> sources) {
    this.folder = folder;
    this.sources = sources;
  }

  /**
   * Reads the beginning of every file, and some thousand records of each group of similar files.
   *
   * @param rawPath folder on any file system that Hadoop reaches
   * @throws IllegalArgumentException in one sentence, if the folder cannot be read or is empty
   */
  public static ConfigDraft of(Configuration hadoop, String rawPath) {
    FolderLook folder = FolderLook.of(hadoop, rawPath);
    ConfigValidation.that(
        !folder.files().isEmpty() || !folder.unread().isEmpty(),
        "raw.path "
            + rawPath
            + " contains no files: put the exports there, or name another folder.");
    Set<String> names = new HashSet<>();
    List<DraftSource> sources = new ArrayList<>();
    for (LookalikeFiles group : folder.groups()) {
      String files = GlobGuess.of(group.files(), folder.others(group));
      sources.add(source(name(files, names), files, group));
    }
    sources.sort(Comparator.comparing(DraftSource::name));
    return new ConfigDraft(
        folder, SourceDoubts.add(sources.stream().map(source -> sheets(source, folder)).toList()));
  }

  private static DraftSource source(String name, String files, LookalikeFiles group) {
    if (group.shape().preset() != null) {
      return new DraftSource(
          name, files, group, ColumnMapping.none(""), null, NO_FILTERS, "", List.of());
    }
    UnpivotGuess unpivot = UnpivotGuess.of(group).orElse(null);
    LookalikeFiles table = unpivot == null ? group : unpivot.table();
    ColumnMapping mapping = mapping(table, unpivot);
    if (mapping.kind() != SourceKind.SALES) {
      return new DraftSource(name, files, table, mapping, unpivot, NO_FILTERS, "", List.of());
    }
    // Lines that are not records would otherwise be taken for defects of the columns.
    Set<Integer> excluded = new HashSet<>();
    LineFilters filters = LineFilters.of(table, mapping, excluded);
    LookalikeFiles records = table.without(excluded);
    ColumnMapping better = excluded.isEmpty() ? mapping : mapping(records, unpivot);
    filters.addStatus(records, better);
    List<DraftQuestion> sums = SumDoubts.of(records, better);
    return new DraftSource(name, files, records, better, unpivot, filters, "", sums);
  }

  /** Asks about the sheets of workbooks that are not read. */
  private static DraftSource sheets(DraftSource source, FolderLook folder) {
    List<DraftQuestion> questions = new ArrayList<>(source.extra());
    source.group().files().stream()
        .filter(folder.otherSheets()::containsKey)
        .forEach(
            file ->
                questions.add(
                    new DraftQuestion(
                        "format",
                        file
                            + " has further sheets with tables, which init does not read: "
                            + YamlText.names(folder.otherSheets().getOrDefault(file, List.of()))
                            + ". To read one, write a source with its name as records")));
    return source.with("", List.copyOf(questions));
  }

  private static ColumnMapping mapping(LookalikeFiles table, @Nullable UnpivotGuess unpivot) {
    return unpivot == null
        ? ColumnMapping.of(table)
        : ColumnMapping.ofCells(table, unpivot.config());
  }

  private static String name(String files, Set<String> taken) {
    String name = GlobGuess.sourceName(files);
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /**
   * Returns the configuration, with comments about the files.
   *
   * @param rawPath value of {@code raw.path}
   * @param storePath value of {@code store.path}
   */
  public String yaml(String rawPath, String storePath) {
    return new DraftYaml(sources, folder.unread()).text(rawPath, storePath);
  }

  /** Returns sentences about the files found and about the decisions that are left to a person. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (DraftSource source : sources) {
      notes.add(note(source));
      source
          .questions()
          .forEach(
              question ->
                  notes.add(
                      "to do: %s of source %s: %s."
                          .formatted(question.subject(), source.name(), question.text())));
    }
    folder.unread().forEach((file, reason) -> notes.add(file + " belongs to no source: " + reason));
    return notes;
  }

  private static String note(DraftSource source) {
    int files = source.group().files().size();
    String what =
        files == 1 ? source.group().files().get(0) : source.files() + " (" + files + " files)";
    if (!source.isKnown()) {
      return what + " belongs to no source: " + source.mapping().reason();
    }
    return what
        + (source.doubt().isEmpty() ? " is source " : " may be source ")
        + source.name()
        + ": "
        + (source.preset() == null ? source.kind() : "preset " + source.preset())
        + (source.preset() != null
            ? ""
            : source.mapping().columns().entrySet().stream()
                .map(field -> field.getKey() + " = " + YamlText.shortened(field.getValue().name()))
                .collect(Collectors.joining(", ", ", ", "")));
  }

  /** Returns how many decisions the configuration needs before it can be used. */
  public long open() {
    long open = sources.stream().mapToLong(source -> source.questions().size()).sum();
    boolean used =
        sources.stream().anyMatch(source -> source.isKnown() && source.doubt().isEmpty());
    return used || open > 0 ? open : 1;
  }
}
