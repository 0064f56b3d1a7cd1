package io.trendflow.ingestion.init;

import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RawFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Files of a folder, grouped by their form.
 *
 * @param files paths of all files, sorted
 * @param groups readable files, by their form
 * @param otherSheets names of the sheets of workbooks that no group has, by path
 * @param unread reasons why the other files cannot be read, by path
 */
record FolderLook(
    List<String> files,
    List<LookalikeFiles> groups,
    Map<String, String> unread,
    Map<String, List<String>> otherSheets) {
  private static final String UNKNOWN =
      "it has a form that init cannot read: save it as CSV in UTF-8.";

  static FolderLook of(Configuration hadoop, String rawPath) {
    List<RawFile> files = RawFiles.all(hadoop, rawPath);
    FormatSniffer sniffer = new FormatSniffer(hadoop);
    Map<String, String> unread = new TreeMap<>(RawFiles.faults(hadoop, rawPath));
    Map<RawShape, List<RawFile>> byShape = new LinkedHashMap<>();
    for (RawFile file : files) {
      try {
        byShape.computeIfAbsent(sniffer.shape(file), shape -> new ArrayList<>()).add(file);
      } catch (FileRejectedException e) {
        unread.put(file.file(), reason(file, e));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        unread.put(file.file(), UNKNOWN);
      }
    }
    List<LookalikeFiles> groups = new ArrayList<>();
    joined(byShape).forEach((shape, own) -> look(shape, own, sniffer, groups, unread));
    return new FolderLook(
        files.stream().map(RawFile::file).toList(), groups, unread, sniffer.otherSheets());
  }

  private static void look(
      RawShape shape,
      List<RawFile> files,
      FormatSniffer sniffer,
      List<LookalikeFiles> groups,
      Map<String, String> unread) {
    try {
      groups.add(LookalikeFiles.of(shape, files, sniffer));
    } catch (FileRejectedException e) {
      files.forEach(file -> unread.put(file.file(), reason(file, e)));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      files.forEach(file -> unread.put(file.file(), UNKNOWN));
    }
  }

  /** Joins ASCII files with files of the same form in another encoding. */
  private static Map<RawShape, List<RawFile>> joined(Map<RawShape, List<RawFile>> byShape) {
    Map<RawShape, List<RawFile>> joined = new LinkedHashMap<>();
    byShape.forEach(
        (shape, files) -> {
          RawShape target = shape;
          if (shape.format().encoding().equals(EncodingGuess.ASCII)) {
            target =
                byShape.keySet().stream()
                    .filter(
                        other ->
                            !other.equals(shape) && other.in(EncodingGuess.ASCII).equals(shape))
                    .findFirst()
                    .orElse(shape.in("UTF-8"));
          }
          joined.computeIfAbsent(target, key -> new ArrayList<>()).addAll(files);
        });
    joined.values().forEach(files -> files.sort(Comparator.comparing(RawFile::file)));
    return joined;
  }

  /** Returns the message of a rejection without the name of the file, which is listed beside it. */
  private static String reason(RawFile file, FileRejectedException refusal) {
    String sentence = String.valueOf(refusal.getMessage()).replace(file.label(), "it");
    return sentence.replaceFirst("^it(?:, after record 0)?: |^it, (?=after record)", "");
  }

  /** Returns the files outside a group, which the group's pattern must not match. */
  List<String> others(LookalikeFiles group) {
    TreeSet<String> others = new TreeSet<>(files);
    others.removeAll(group.files());
    return List.copyOf(others);
  }
}
