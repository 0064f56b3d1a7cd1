package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
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
    MessageType schema = MessageTypeParser.parseMessageType("message t { optional " + type + "; }");
    Path file = folder.resolve("products.parquet");
    HadoopOutputFile out =
        HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), RawFolder.HADOOP);
    try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(out).withType(schema).build()) {
      SimpleGroupFactory rows = new SimpleGroupFactory(schema);
      for (Number value : values) {
        Group row = rows.newGroup();
        writer.write(
            value instanceof Integer whole
                ? row.append("id", whole)
                : row.append("id", value.doubleValue()));
      }
    }
    return new RawFolder(folder).source("s", CATALOG).records("product_id");
  }

  @Test
  void idsThatPandasWroteAsFloatingNumbersAreWholeAndItsGapsEmpty() throws IOException {
    assertThat(ids("double id", List.of(22423.0, 1.5, 1e300, Double.NaN)))
        .containsExactly("22423", "1.5", "1.0E300", "rejected missing_value", "read 4");
  }

  @Test
  void unsignedNumbersAreNotNegative() throws IOException {
    assertThat(ids("int32 id (INTEGER(32,false))", List.of(-1, 7)))
        .containsExactly("4294967295", "7", "read 2");
  }
}
