package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.KeyValidation;
import io.trendflow.jobs.digest.DigestFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the weekly digest as HTML files, one for each language. */
@Command(
    name = "digest",
    description = {
      "Writes the weekly digest, one HTML file that can be mailed: what an earlier list brought, what is",
      "first and new in the list, what slows down, and what the checks found."
    })
public final class DigestCommand implements SparkJob {
  private static final String LANGUAGE = "{language}";

  @Mixin private final AsOf asOf = new AsOf();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "<file.html>",
      description =
          "File to write, in place of an existing one; {language} in its name is replaced by the"
              + " language.")
  @SuppressWarnings("NullAway.Init") // picocli sets it or rejects the command line
  private String out;

  @Option(
      names = "--language",
      paramLabel = "<language>",
      description = "Language: en, the default, or fr. Repeatable, if --out has {language}.")
  private List<String> languages = new ArrayList<>();

  /**
   * Written files.
   *
   * @param files names of the files, one for each language
   */
  record Result(LocalDate asOf, List<String> files) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new DigestCommand(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, asOf.day(), out, languages.isEmpty() ? List.of("en") : languages);
  }

  static Result run(
      JobContext context, Optional<LocalDate> day, String out, List<String> languages) {
    for (String language : languages) {
      KeyValidation.that(
          DigestFile.LANGUAGES.contains(language),
          "--language is %s, but must be one of %s."
              .formatted(language, String.join(", ", DigestFile.LANGUAGES)));
    }
    KeyValidation.that(
        languages.size() == 1 || out.contains(LANGUAGE),
        "--out is %s, but must have {language} for %d languages, for example digest-{language}.html."
            .formatted(out, languages.size()));
    context.progress().stages("write the digest");
    LocalDate asOf =
        day.orElseGet(
            () ->
                PreviousRun.latest(context)
                    .map(run -> run.<LocalDate>getAs("as_of"))
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "Store %s has no run: run score first."
                                    .formatted(context.config().store().name()))));
    List<String> files = new ArrayList<>();
    for (String language : languages) {
      String file = out.replace(LANGUAGE, language);
      write(context, DigestFile.html(context.store(), asOf, language), file);
      files.add(file);
    }
    context.progress().done("wrote %s", String.join(" and ", files));
    return new Result(asOf, files);
  }

  private static void write(JobContext context, String html, String out) {
    Path path = new Path(out);
    try (OutputStream file =
        path.getFileSystem(context.spark().sessionState().newHadoopConf()).create(path, true)) {
      file.write(html.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("--out is " + out + ", which can't be written", e);
    }
  }
}
