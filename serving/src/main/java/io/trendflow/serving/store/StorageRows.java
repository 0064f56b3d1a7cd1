package io.trendflow.serving.store;

import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AvroRows;
import com.google.cloud.bigquery.storage.v1.BigQueryReadClient;
import com.google.cloud.bigquery.storage.v1.CreateReadSessionRequest;
import com.google.cloud.bigquery.storage.v1.DataFormat;
import com.google.cloud.bigquery.storage.v1.ReadRowsRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads rows of tables by the Storage Read API, in no particular order. */
final class StorageRows implements AutoCloseable {
  private final BigQueryReadClient client;
  private final String project;

  StorageRows(BigQueryReadClient client, String project) {
    this.client = client;
    this.project = project;
  }

  /**
   * Passes the rows of a table that meet a condition to a consumer.
   *
   * @param restriction condition in GoogleSQL; empty for all rows
   * @throws com.google.api.gax.rpc.ApiException if BigQuery refuses or can't be reached
   */
  void read(TableId table, List<String> columns, String restriction, Consumer<ColumnReader> rows)
      throws IOException {
    ReadSession.TableReadOptions options =
        ReadSession.TableReadOptions.newBuilder()
            .addAllSelectedFields(columns)
            .setRowRestriction(restriction)
            .build();
    ReadSession wanted =
        ReadSession.newBuilder()
            .setTable(
                "projects/%s/datasets/%s/tables/%s"
                    .formatted(table.getProject(), table.getDataset(), table.getTable()))
            .setDataFormat(DataFormat.AVRO)
            .setReadOptions(options)
            .build();
    ReadSession session =
        client.createReadSession(
            CreateReadSessionRequest.newBuilder()
                .setParent("projects/" + project)
                .setReadSession(wanted)
                .setMaxStreamCount(1)
                .build());
    if (session.getStreamsCount() > 0) { // an empty result has no stream
      Schema schema = new Schema.Parser().parse(session.getAvroSchema().getSchema());
      stream(session.getStreams(0).getName(), schema, rows);
    }
  }

  private void stream(String name, Schema schema, Consumer<ColumnReader> rows) throws IOException {
    ReadRowsRequest request = ReadRowsRequest.newBuilder().setReadStream(name).build();
    GenericDatumReader<IndexedRecord> reader =
        new GenericDatumReader<>(schema, schema, AvroFields.DATA);
    BinaryDecoder decoder = null;
    for (ReadRowsResponse response : client.readRowsCallable().call(request)) {
      decoder = decode(response.getAvroRows(), reader, decoder, rows);
    }
  }

  private static BinaryDecoder decode(
      AvroRows block,
      GenericDatumReader<IndexedRecord> reader,
      @Nullable BinaryDecoder reuse,
      Consumer<ColumnReader> rows)
      throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(block.getSerializedBinaryRows().toByteArray(), reuse);
    while (!decoder.isEnd()) {
      rows.accept(new AvroFields(reader.read(null, decoder)));
    }
    return decoder;
  }

  @Override
  public void close() {
    client.close();
  }
}
