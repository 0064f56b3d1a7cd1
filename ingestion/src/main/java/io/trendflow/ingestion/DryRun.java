package io.trendflow.ingestion;

import io.trendflow.ingestion.config.CatalogConfig;
import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.config.MarketValidation;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.GlobPattern;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RawFiles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * Reads raw files as an ingest would, one after the other, without Spark and without writing. It
 * keeps a hash of each record, to find repeated keys and records that two files have.
 */
public final class DryRun {
  private final Map<String, SourceConfig> sources;
  private final Map<String, MarketConfig> markets;
  private final CatalogConfig catalog;
  private final Configuration hadoop;
  private final Instant now;
  private final Map<String, Set<Long>> seen = new HashMap<>();
  private final SourceComparison comparison = new SourceComparison();

  /**
   * Creates a run with the configuration of an ingest.
   *
   * @param now time at which the ingest would start
   */
  public DryRun(
      Map<String, SourceConfig> sources,
      Map<String, MarketConfig> markets,
      CatalogConfig catalog,
      Configuration hadoop,
      Instant now) {
    this.sources = sources;
    this.markets = markets;
    this.catalog = catalog;
    this.hadoop = hadoop;
    this.now = now;
  }

  /**
   * Reads every file to its end.
   *
   * @param each accepts the outcome of every file when the file has been read
   * @return the counts of all files that are not rejected as a whole
   * @throws IllegalArgumentException in one sentence, for the reasons of {@link RawIngestion#find},
   *     and if sources and markets do not match
   */
  public IngestCounts read(String rawPath, Consumer<FileOutcome> each) {
    MarketValidation.check(sources, markets);
    List<RawFile> files = new ArrayList<>(RawFiles.find(hadoop, sources, rawPath));
    Set<RawFile> repeated = RawIngestion.repeated(files);
    files.sort(Comparator.comparing(RawFile::source).thenComparing(RawFile::file));
    List<FileTask> tasks =
        files.stream()
            .map(
                file -> {
                  SourceConfig source = Objects.requireNonNull(sources.get(file.source()));
                  return new FileTask(file, source, markets, catalog, repeated.contains(file), now);
                })
            .toList();
    List<FileCount> counts = new ArrayList<>();
    List<RejectionCount> rejections = new ArrayList<>();
    try (RowsAhead rows = new RowsAhead(tasks, hadoop)) {
      for (FileTask task : tasks) {
        FileOutcome outcome = read(task, rows);
        each.accept(outcome);
        if (outcome.refusal() == null) {
          counts.add(outcome.count());
          rejections.addAll(outcome.rejections());
        }
      }
    }
    return new IngestCounts(counts, List.of(), rejections, List.of());
  }

  /** Returns the files below a folder that no source's pattern matches. */
  public List<String> unclaimed(String rawPath) {
    Set<String> files =
        new TreeSet<>(RawFiles.all(hadoop, rawPath).stream().map(RawFile::file).toList());
    for (SourceConfig source : sources.values()) {
      files.removeIf(new GlobPattern(source.files())::matches);
    }
    return List.copyOf(files);
  }

  /** Returns why files below a folder cannot be read, by their paths. */
  public Map<String, String> unreadable(String rawPath) {
    Map<String, String> sentences = new TreeMap<>(RawFiles.faults(hadoop, rawPath));
    sentences.putAll(RawFiles.unfinished(hadoop, sources, rawPath));
    return sentences;
  }

  /** Returns sentences about the sources that were read, compared with each other. */
  public List<String> comparisons() {
    return comparison.sentences(now.atZone(ZoneOffset.UTC).toLocalDate());
  }

  private FileOutcome read(FileTask task, RowsAhead rows) {
    FileTally tally = new FileTally(task);
    comparison.begin(task);
    rows.readFile(
        row -> {
          if (tally.add(row, duplicate(task, row), hasKnownKey(task, row))) {
            comparison.add(task, row.getStruct(8));
          }
        });
    return tally.outcome(tally.isRefused() ? MissingColumns.of(task, hadoop) : List.of());
  }

  private boolean duplicate(FileTask task, Row row) {
    String fingerprint = row.getString(7);
    return fingerprint != null && !isNew("record of " + task.file().source(), fingerprint);
  }

  private boolean hasKnownKey(FileTask task, Row row) {
    Row value = row.getStruct(8);
    if (value == null) {
      return false;
    }
    SourceKind kind = task.source().kind();
    List<String> key = CleanedRecords.key(kind);
    if (key.isEmpty() || task.source().sumRepeated()) {
      return false;
    }
    List<String> names = List.of(CleanedRecords.value(kind).fieldNames());
    StringBuilder text = new StringBuilder();
    key.forEach(name -> text.append(value.get(names.indexOf(name))).append('\u001f'));
    String space = CleanedRecords.keyIsOfSource(kind) ? "key of " + task.file().source() : "key";
    return !isNew(space, text.toString());
  }

  private boolean isNew(String space, String text) {
    return seen.computeIfAbsent(space, key -> new HashSet<>()).add(hash(text));
  }

  /**
   * Returns the 64-bit FNV-1a hash. The probability that two of ten million texts collide is about
   * 1 in 400,000.
   */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
