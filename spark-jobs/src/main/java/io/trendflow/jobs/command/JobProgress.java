package io.trendflow.jobs.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Prints a line for each stage of a job, with its result, its duration and the next stage: {@code
 * [ingest 2/5] cleaned 823,643 records in 12.3 s; next: write sales_history.daily_sales}. Not
 * thread-safe.
 */
public final class JobProgress {
  private static final double NANOS = 1e9;

  private final String job;
  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final long started;
  private List<String> stages = List.of();
  private int finished;
  private long stageStarted;

  /** Starts the clock of a job. */
  public JobProgress(String job, PrintStream out) {
    this(job, out, System::nanoTime);
  }

  JobProgress(String job, PrintStream out, LongSupplier nanoTime) {
    this.job = job;
    this.out = out;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.stageStarted = started;
  }

  /** Declares the stages of the job, for example {@code write sales_history.daily_sales}. */
  public void stages(String... names) {
    stages = List.of(names);
    finished = 0;
    stageStarted = nanoTime.getAsLong();
    line("", "%d stages, first: %s".formatted(stages.size(), stages.get(0)));
  }

  /**
   * Ends the current stage.
   *
   * @param what the result, in the past tense and with the rows: {@code "cleaned %,d records"}
   */
  public void done(String what, Object... values) {
    if (finished == stages.size()) {
      throw new IllegalStateException("All declared stages have already ended: " + stages);
    }
    String position = position();
    String seconds = seconds(stageStarted);
    finished++;
    String next =
        finished < stages.size()
            ? "next: " + stages.get(finished)
            : "all done after " + seconds(started);
    line(position, "%s in %s; %s".formatted(format(what, values), seconds, next));
    stageStarted = nanoTime.getAsLong();
  }

  /** Prints the progress within a stage, for example {@code "fitted 2 of 3 origins"}. */
  public void note(String what, Object... values) {
    line(
        finished < stages.size() ? position() : "",
        "%s (%s)".formatted(format(what, values), seconds(stageStarted)));
  }

  /** Prints a line without a prefix. */
  public void print(String line) {
    out.println(line);
    out.flush();
  }

  private String position() {
    return " %d/%d".formatted(finished + 1, stages.size());
  }

  private void line(String position, String text) {
    out.println("[" + job + position + "] " + text);
    out.flush();
  }

  private String seconds(long since) {
    return format("%.1f s", (nanoTime.getAsLong() - since) / NANOS);
  }

  private static String format(String text, Object... values) {
    return values.length == 0 ? text : String.format(Locale.ENGLISH, text, values);
  }
}
