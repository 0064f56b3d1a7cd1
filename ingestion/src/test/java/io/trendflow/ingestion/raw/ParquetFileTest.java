package io.trendflow.ingestion.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFileTest {
  private static final String CATALOG =
      """
      {kind: 'catalog', files: '*', format: {type: 'parquet'}, constants: {market: 'uk'},
       columns: {product_id: 'id'}}""";

  private final Path folder;

  ParquetFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private List<String> ids(String type, List<? extends Number> values) throws IOException {
    write(folder.resolve("products.parquet"), type, CompressionCodecName.UNCOMPRESSED, values);
    return new RawFolder(folder).source("s", CATALOG).records("product_id");
  }

  private static void write(
      Path file, String type, CompressionCodecName codec, List<? extends Number> values)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message t { optional " + type + "; }");
    HadoopOutputFile out =
        HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), RawFolder.HADOOP);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(out).withType(schema).withCompressionCodec(codec).build()) {
      SimpleGroupFactory rows = new SimpleGroupFactory(schema);
      for (Number value : values) {
        Group row = rows.newGroup();
        writer.write(
            value instanceof Integer whole
                ? row.append("id", whole)
                : row.append("id", value.doubleValue()));
      }
    }
  }

  @Test
  void idsThatPandasWroteAsFloatingNumbersAreWholeAndItsGapsEmpty() throws IOException {
    assertThat(ids("double id", List.of(22423.0, 1.5, 1e300, Double.NaN)))
        .containsExactly("22423", "1.5", "1.0E300", "rejected missing_value", "read 4");
  }

  @Test
  void aFileOfWhichAnyByteIsWrongIsReadOrRefused() throws IOException {
    Path whole = folder.resolve("whole.parquet");
    write(whole, "double id", CompressionCodecName.SNAPPY, List.of(1.0, 1.0, 2.0, 2.0));
    byte[] bytes = Files.readAllBytes(whole);
    Files.delete(whole);
    Path broken = folder.resolve("broken.parquet");
    RawFolder raw = new RawFolder(folder).source("s", CATALOG);
    for (int i = 0; i < bytes.length; i++) {
      byte[] copy = bytes.clone();
      copy[i] ^= 2;
      Files.write(broken, copy);
      List<String> records =
          Assertions.assertTimeoutPreemptively(
              Duration.ofSeconds(20), () -> raw.records("product_id"), "byte " + i);
      assertThat(records.get(records.size() - 1)).containsAnyOf("read ", "refused ");
    }
  }

  @Test
  void unsignedNumbersAreNotNegative() throws IOException {
    assertThat(ids("int32 id (INTEGER(32,false))", List.of(-1, 7)))
        .containsExactly("4294967295", "7", "read 2");
  }
}
