package io.trendflow.jobs;

import io.trendflow.examples.PlantedTruth;
import io.trendflow.examples.RetailSettings;
import io.trendflow.examples.SyntheticRetail;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Raw files of a small invented shop, and jobs that process them in the tests' own session. */
record SampleShop(Path folder, PlantedTruth truth) {
  static final Path CONFIG = Path.of("../examples/synthetic-retail.yaml");

  /** Settings that are enough for a model, not for a good one. */
  static final String[] FEW_TREES = {
    "train.cutoffs=3", "train.origins=[2026-05-03]", "train.trees=3", "train.depth=3"
  };

  static SampleShop generate(Path folder, RetailSettings settings) throws IOException {
    return new SampleShop(folder, SyntheticRetail.write(folder, settings));
  }

  /** Removes the files of orders but those of the last months, for jobs that need little. */
  void keepMonths(int months) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("raw/orders"))) {
      List<Path> all = files.sorted().toList();
      for (Path file : all.subList(0, all.size() - months)) {
        Files.delete(file);
      }
    }
  }

  Path store() {
    return folder.resolve("store");
  }

  /** Returns the options that point a job at this shop. */
  List<String> sets(String... more) {
    List<String> sets =
        new ArrayList<>(List.of("raw.path=" + folder.resolve("raw"), "store.path=" + store()));
    sets.addAll(List.of(more));
    return sets;
  }

  JobContext context(String... more) {
    JobConfig config = JobConfig.load(CONFIG, Map.of(), sets(more));
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    return JobContext.open(SharedSpark.session(), config, progress, Clock.systemUTC());
  }

  /** Lists the sales and products of a store as texts, without their ingests. */
  static List<String> pulledRows(TableStore store) {
    List<String> rows = new ArrayList<>();
    for (Table table : List.of(Table.DAILY_SALES, Table.CATALOG)) {
      store
          .read(table)
          .drop("ingest_id", "ingested_on")
          .collectAsList()
          .forEach(row -> rows.add(table + " " + row));
    }
    rows.sort(null);
    return rows;
  }

  /** Lists every file of the store with its size and time of change. */
  List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(store())) {
      List<String> files = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        files.add(
            store().relativize(file)
                + " "
                + Files.size(file)
                + " "
                + Files.getLastModifiedTime(file));
      }
      return files;
    }
  }
}
