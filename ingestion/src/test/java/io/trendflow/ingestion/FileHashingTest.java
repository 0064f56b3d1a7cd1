package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.raw.FileVersion;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RawFiles;
import io.trendflow.schemas.Sha256;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class FileHashingTest {
  private static final Instant MODIFIED_AT = Instant.parse("2024-05-01T10:00:00.123Z");

  private final SparkSession spark;
  private final Path folder;

  FileHashingTest(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  @Test
  void onlyAFileOfTheSameVersionHasTheKnownHash() throws IOException {
    write("same.csv", "abc", MODIFIED_AT);
    write("longer.csv", "abcd", MODIFIED_AT);
    write("later.csv", "abc", MODIFIED_AT.plusMillis(1));
    write("new.csv", "abc", MODIFIED_AT);
    Map<FileVersion, String> known =
        Map.of(
            new FileVersion("same.csv", 3, MODIFIED_AT), "known",
            new FileVersion("longer.csv", 3, MODIFIED_AT), "known",
            new FileVersion("later.csv", 3, MODIFIED_AT), "known");
    List<RawFile> files = RawFiles.all(new Configuration(), folder.toString());
    assertThat(files)
        .extracting(RawFile::file)
        .containsExactly("later.csv", "longer.csv", "new.csv", "same.csv");
    String computed = Sha256.hex("abc");
    assertThat(new FileHashing(spark, known).hashes(files))
        .containsExactly(computed, Sha256.hex("abcd"), computed, "known");
  }

  @Test
  void aFileThatHasJustChangedIsReadAgain() throws IOException {
    Instant now = Instant.now();
    write("new.csv", "abc", now);
    write("ahead.csv", "abc", now.plus(Duration.ofHours(1)));
    assertThat(RawFiles.all(new Configuration(), folder.toString()))
        .hasSize(2)
        .allMatch(file -> file.version() == null);
  }

  @Test
  void largeFilesAreHashedInTasks() throws IOException {
    byte[] half = new byte[130 << 20];
    Files.write(folder.resolve("a.csv"), half);
    half[5] = 1;
    Files.write(folder.resolve("b.csv"), half);
    List<RawFile> files = RawFiles.all(new Configuration(), folder.toString());
    assertThat(new FileHashing(spark, Map.of()).hashes(files))
        .isEqualTo(RawFiles.hashes(new Configuration(), files))
        .doesNotHaveDuplicates();
  }

  private void write(String name, String text, Instant modifiedAt) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(modifiedAt));
  }
}
