package io.trendflow.ingestion;

import io.trendflow.ingestion.raw.FileVersion;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RawFiles;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of raw files: the known one of a file that has not changed since, otherwise computed, in
 * tasks if there is much to read.
 */
final class FileHashing {
  /** Bytes up to which the driver reads the files itself, in about a second. */
  private static final long DRIVER_BYTES = 256L << 20;

  private final JavaSparkContext context;
  private final Map<FileVersion, String> known;

  FileHashing(SparkSession spark, Map<FileVersion, String> known) {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.known = known;
  }

  /** Returns the hash of each file. */
  List<String> hashes(List<RawFile> files) {
    Iterator<String> computed =
        computed(files.stream().filter(file -> known(file) == null).toList()).iterator();
    return files.stream()
        .map(
            file -> {
              String hash = known(file);
              return hash == null ? computed.next() : hash;
            })
        .toList();
  }

  private @Nullable String known(RawFile file) {
    FileVersion version = file.version();
    return version == null ? null : known.get(version);
  }

  private List<String> computed(List<RawFile> files) {
    Configuration configuration = context.hadoopConfiguration();
    if (files.stream().mapToLong(RawFile::bytes).sum() <= DRIVER_BYTES) {
      return RawFiles.hashes(configuration, files);
    }
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(configuration));
    return context
        .parallelize(files, files.size())
        .map(file -> RawFiles.hash(hadoop.value().value(), file))
        .collect();
  }
}
