package io.trendflow.jobs;

import io.trendflow.ingestion.init.ConfigDraft;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.PlainCommand;
import io.trendflow.jobs.command.ToolOptions;
import io.trendflow.jobs.config.KeyValidation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a configuration for a folder of raw files. */
@Command(name = "init", description = "Writes a commented configuration for a folder of raw files.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields or rejects the command line
public final class Init implements PlainCommand {
  @Mixin private final ToolOptions options = new ToolOptions();

  @Option(
      names = "--raw",
      required = true,
      paramLabel = "<folder>",
      description = "Folder with the raw files.")
  private String raw;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "<file>",
      description = "Configuration file to write. It must not exist yet.")
  private Path out;

  @Option(
      names = "--store",
      paramLabel = "<folder>",
      description = "Folder for tables and models; by default a folder named store beside --out.")
  private String store;

  @Option(
      names = "--source",
      paramLabel = "<name>",
      description = {
        "Configures a source that bin/trendflow collect pulls, instead of looking at files: shopify,",
        "woocommerce, serpapi, merchant, analytics, search-console or bigquery. Repeatable."
      })
  private final List<String> sources = new ArrayList<>();

  /** Runs the command from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Init(), args);
  }

  @Override
  public ToolOptions options() {
    return options;
  }

  @Override
  public int run(Map<String, String> env, PrintStream answer) {
    KeyValidation.that(!Files.exists(out), exists());
    if (!sources.isEmpty()) {
      write(CollectedDraft.yaml(sources, raw, store == null ? beside() : store));
      answer.println(
          "Wrote %s. Complete its lines with \"to do\". Next: bin/trendflow collect --config %s --dry-run"
              .formatted(out, out));
      return JobLauncher.DONE;
    }
    ConfigDraft draft = ConfigDraft.of(new Configuration(), raw);
    write(draft.yaml(raw, store == null ? beside() : store));
    draft.notes().forEach(answer::println);
    answer.println(
        draft.open() == 0
            ? "Wrote %s. Next: bin/trendflow check --config %s".formatted(out, out)
            : "Wrote %s. Decisions left to you, listed in its comments: %d. Next: bin/trendflow check --config %s"
                .formatted(out, draft.open(), out));
    return JobLauncher.DONE;
  }

  private String beside() {
    Path parent = out.getParent();
    return parent == null ? "store" : parent.resolve("store").toString();
  }

  private void write(String yaml) {
    try {
      if (out.getParent() != null) {
        Files.createDirectories(out.getParent());
      }
      Files.writeString(out, yaml, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(exists(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(out + " can't be written: " + e.getMessage(), e);
    }
  }

  private String exists() {
    return out + " already exists and is not overwritten: remove it or choose another --out.";
  }
}
