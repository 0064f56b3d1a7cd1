package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.ConfigValidation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Draft of a configuration for a folder of raw files, based on their content. */
public final class ConfigDraft {
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
        !folder.files().isEmpty(),
        "raw.path "
            + rawPath
            + " contains no files: put the exports there, or name another folder.");
    Set<String> names = new HashSet<>();
    List<DraftSource> sources = new ArrayList<>();
    for (LookalikeFiles group : folder.groups()) {
      String files = GlobGuess.of(group.files(), folder.others(group));
      sources.add(new DraftSource(name(files, names), files, group, mapping(group)));
    }
    sources.sort(Comparator.comparing(DraftSource::name));
    return new ConfigDraft(folder, sources);
  }

  private static ColumnMapping mapping(LookalikeFiles group) {
    return group.shape().preset() == null
        ? ColumnMapping.of(group)
        : new ColumnMapping(null, Map.of());
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
      source.missing().forEach(field -> notes.add(missing(source, field)));
    }
    folder.unread().forEach((file, reason) -> notes.add(file + " belongs to no source: " + reason));
    return notes;
  }

  private static String note(DraftSource source) {
    int files = source.group().files().size();
    String what =
        files == 1 ? source.group().files().get(0) : source.files() + " (" + files + " files)";
    if (!source.isKnown()) {
      return what
          + " belongs to no source: its column names do not show what it is: "
          + source.group().shape().columns();
    }
    return what
        + " is source "
        + source.name()
        + ": "
        + (source.preset() == null ? source.kind() : "preset " + source.preset())
        + (source.preset() != null
            ? ""
            : source.mapping().columns().entrySet().stream()
                .filter(field -> !source.mapping().isOpen(field.getKey()))
                .map(field -> field.getKey() + " = " + field.getValue().name())
                .collect(Collectors.joining(", ", ", ", "")));
  }

  private static String missing(DraftSource source, String field) {
    String why =
        source.mapping().isOpen(field)
            ? "the order of day and month is ambiguous; keep one of the two lines in the file."
            : "no column was found; the file lists the unused columns.";
    return "to do: " + field + " of source " + source.name() + ": " + why;
  }

  /** Returns how many decisions the configuration needs before it can be used. */
  public long open() {
    long missing = sources.stream().mapToLong(source -> source.missing().size()).sum();
    return sources.stream().anyMatch(DraftSource::isKnown) ? missing : missing + 1;
  }
}
