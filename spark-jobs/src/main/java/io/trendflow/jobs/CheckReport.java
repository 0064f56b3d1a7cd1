package io.trendflow.jobs;

import io.trendflow.ingestion.FileCount;
import io.trendflow.ingestion.FileOutcome;
import io.trendflow.ingestion.FileOutcome.MissingColumn;
import io.trendflow.ingestion.IngestCounts;
import io.trendflow.ingestion.RejectionCount;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.jobs.command.FailureMessage;
import io.trendflow.jobs.config.SpellingHint;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints the report of a check: each file, then each source, then whether an ingest would succeed.
 */
final class CheckReport {
  private static final int MOST_COLUMNS = 25;

  private final PrintStream out;
  private int refused;

  CheckReport(PrintStream out) {
    this.out = out;
  }

  /** Prints the outcome of a file. */
  void file(FileOutcome file) {
    FileCount count = file.count();
    String name =
        "%s (source %s, %s)".formatted(count.file().file(), count.file().source(), file.format());
    if (file.refusal() != null) {
      refused++;
      line("%s: rejected. %s", name, file.refusal());
      file.missing().forEach(this::missing);
      return;
    }
    line(
        "%s: %,d read = %,d accepted + %,d excluded + %,d rejected%s",
        name, count.read(), count.accepted(), count.excluded(), count.rejected(), days(file));
    file.excluded().forEach((rule, records) -> line("  excluded by %s: %,d", rule, records));
    file.rejections().forEach(this::rejection);
  }

  private static String days(FileOutcome file) {
    return file.firstDay() == null ? "" : "; " + file.firstDay() + " to " + file.lastDay();
  }

  private void rejection(RejectionCount reason) {
    line(
        "  rejected as %s: %,d, first record %,d: %s",
        reason.reason().code(),
        reason.records(),
        reason.example().record(),
        reason.example().detail());
    line("    %s", reason.reason().remedy());
  }

  private void missing(MissingColumn column) {
    Optional<String> meant =
        Optional.ofNullable(column.known())
            .or(() -> SpellingHint.closest(column.name(), column.columns()));
    line(
        "  %s: column %s is missing: %s",
        column.use(),
        column.name(),
        meant
            .map(name -> "did you mean " + name + "?")
            .orElse("the unused columns are " + shortened(column.columns()) + "."));
  }

  private static String shortened(List<String> columns) {
    int more = columns.size() - MOST_COLUMNS;
    return String.join(", ", columns.stream().limit(MOST_COLUMNS).toList())
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** Prints a file that no source reads. */
  void unclaimed(String file) {
    line("%s: not read, because no source's files pattern matches it.", file);
  }

  /** Prints why a file cannot be read. */
  void unreadable(String file, String reason) {
    line("%s: not read: %s", file, reason);
  }

  /** Prints a sentence about sources that were compared with each other. */
  void comparison(String sentence) {
    line("note: %s", sentence);
  }

  /**
   * Prints the share of rejected records of every source, and the conclusion.
   *
   * @return whether an ingest would succeed
   */
  boolean conclusion(Map<String, SourceConfig> sources, IngestCounts counts) {
    sources.forEach((name, source) -> source(name, source, counts));
    if (refused > 0) {
      line("An ingest would fail: it would reject %d of the files.", refused);
      return false;
    }
    try {
      counts.checkLimits(sources);
    } catch (IllegalArgumentException e) {
      line("An ingest would fail: %s", FailureMessage.sentence(e));
      return false;
    }
    line(
        "An ingest would succeed: %,d records read, %,d accepted, %,d excluded, %,d rejected.",
        counts.read(), counts.accepted(), counts.excluded(), counts.rejected());
    return true;
  }

  private void source(String name, SourceConfig source, IngestCounts counts) {
    line(
        "source %s: %.2f %% of %,d records rejected; the maximum (max_rejected) is %.2f %%",
        name,
        100 * counts.rejectedShare(name),
        counts.considered(name),
        100 * source.maxRejected());
  }

  private void line(String text, Object... values) {
    out.println(String.format(Locale.ENGLISH, text, values));
  }
}
