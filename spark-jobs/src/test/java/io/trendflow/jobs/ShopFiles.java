package io.trendflow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trendflow.ingestion.CleanedRecords;
import io.trendflow.ingestion.RecordRows;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RawFiles;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.config.JobConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/** Runs init and check on a folder of files, and adds up what an ingest would accept. */
final class ShopFiles {
  static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

  private static final Path CASES = Path.of("src/test/resources/shop-files");
  private static final Pattern OPEN = Pattern.compile("listed in its comments: (\\d+)");

  private final Path raw;
  private final Path config;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /**
   * Sums of the accepted records.
   *
   * @param units units sold
   * @param returned units returned
   * @param revenue money of all sales lines with a price, returns subtracted
   * @param values number of trend values
   * @param products number of products of the catalogue
   */
  record Sums(double units, double returned, BigDecimal revenue, long values, long products) {}

  ShopFiles(Path raw, Path config) {
    this.raw = raw;
    this.config = config;
  }

  /** Returns the names of the cases. */
  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** Copies the files of a case, under the names that a file system of the project may not have. */
  static void unpack(String name, Path to) throws IOException {
    Path folder = CASES.resolve(name);
    Path names = folder.resolve("names.json");
    if (Files.exists(names)) {
      for (JsonNode file : new JsonMapper().readTree(names.toFile())) {
        copy(folder.resolve("contents").resolve(file.get(0).asText()), to, file.get(1).asText());
      }
      return;
    }
    Path raw = folder.resolve("raw");
    try (Stream<Path> files = Files.walk(raw)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, to, raw.relativize(file).toString());
      }
    }
  }

  private static void copy(Path from, Path folder, String name) throws IOException {
    Path to = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(to.getParent()));
    Files.copy(from, to);
  }

  /** Writes a configuration and returns how many decisions it leaves. */
  int init() {
    int before = out.size();
    int code =
        new JobLauncher(Map.of(), print(), print())
            .run(new Init(), "--raw", raw.toString(), "--out", config.toString());
    String answer = out.toString(UTF_8).substring(before);
    Matcher open = OPEN.matcher(answer);
    return open.find() ? Integer.parseInt(open.group(1)) : code == JobLauncher.DONE ? 0 : -1;
  }

  /** Returns whether check lets an ingest go ahead. */
  boolean check() {
    return new JobLauncher(Map.of(), print(), print())
            .run(new CheckCommand(Clock.fixed(NOW, ZoneOffset.UTC)), "--config", config.toString())
        == JobLauncher.DONE;
  }

  /** Uncomments the lines of the configuration that contain a text. */
  void uncomment(String text) throws IOException {
    String yaml = Files.readString(config);
    String changed =
        yaml.lines()
            .map(line -> line.contains(text) ? line.replaceFirst("# ", "") : line)
            .collect(Collectors.joining("\n"));
    Files.writeString(config, changed);
  }

  void replace(String text, String by) throws IOException {
    Files.writeString(config, Files.readString(config).replace(text, by));
  }

  String yaml() throws IOException {
    return Files.exists(config) ? Files.readString(config) : "";
  }

  String answers() {
    return out.toString(UTF_8);
  }

  /** Adds up the accepted records. */
  Sums sums() {
    JobConfig loaded = JobConfig.load(config, Map.of(), List.of());
    Configuration hadoop = new Configuration();
    Map<String, SourceConfig> sources = loaded.sources();
    double units = 0;
    double returned = 0;
    BigDecimal revenue = BigDecimal.ZERO;
    long values = 0;
    long products = 0;
    Set<String> seen = new HashSet<>();
    for (RawFile file : RawFiles.find(hadoop, sources, loaded.raw().path())) {
      SourceConfig source = Objects.requireNonNull(sources.get(file.source()));
      boolean repeated = !seen.add(file.source() + " " + file.sha256());
      FileTask task = new FileTask(file, source, loaded.markets(), loaded.catalog(), repeated, NOW);
      List<String> names = List.of(CleanedRecords.value(source.kind()).fieldNames());
      RecordRows rows = new RecordRows(task, hadoop);
      while (rows.hasNext()) {
        Row row = rows.next();
        String fingerprint = row.getString(7);
        if (!row.getString(3).equals("accepted")
            || (fingerprint != null && !seen.add(fingerprint))) {
          continue;
        }
        Row value = row.getStruct(8);
        if (source.kind() == SourceKind.SALES) {
          double count = value.getDouble(names.indexOf("units"));
          BigDecimal amount = value.getDecimal(names.indexOf("amount"));
          units += Math.max(count, 0);
          returned += Math.max(-count, 0);
          if (amount != null) {
            revenue = count < 0 ? revenue.subtract(amount) : revenue.add(amount);
          }
        } else if (source.kind() == SourceKind.TRENDS) {
          values++;
        } else {
          products++;
        }
      }
    }
    return new Sums(units, returned, revenue, values, products);
  }

  private PrintStream print() {
    return new PrintStream(out, true, UTF_8);
  }
}
