package io.trendflow.ingestion;

import io.trendflow.ingestion.raw.RawFolder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/**
 * Parquet table of sku, day, qty and price.
 *
 * @param rows rows of four values, each a text, number or time, or null
 */
record ParquetTable(
    Day day, Amount qty, Amount price, CompressionCodecName codec, List<List<?>> rows) {

  /** Type of a column of days or times. */
  enum Day {
    TEXT("binary day (STRING)"),
    DATE("int32 day (DATE)"),
    MILLIS("int64 day (TIMESTAMP(MILLIS,true))"),
    MICROS("int64 day (TIMESTAMP(MICROS,true))"),
    NANOS("int64 day (TIMESTAMP(NANOS,true))"),
    LOCAL("int64 day (TIMESTAMP(MICROS,false))"),
    INT96("int96 day");

    private final String type;

    Day(String type) {
      this.type = type;
    }

    private void add(Group group, LocalDateTime time) {
      long seconds = time.toEpochSecond(ZoneOffset.UTC);
      switch (this) {
        case TEXT -> group.add("day", time.toLocalDate().toString());
        case DATE -> group.add("day", (int) time.toLocalDate().toEpochDay());
        case MILLIS -> group.add("day", seconds * 1_000 + 999);
        case MICROS, LOCAL -> group.add("day", seconds * 1_000_000);
        case NANOS -> group.add("day", seconds * 1_000_000_000 + 1);
        case INT96 -> group.add("day", int96(time));
      }
    }

    private static Binary int96(LocalDateTime time) {
      ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(time.toLocalTime().toNanoOfDay());
      bytes.putInt((int) time.toLocalDate().toEpochDay() + 2_440_588);
      return Binary.fromConstantByteArray(bytes.array());
    }
  }

  /** Type of a column of numbers; all types can represent whole numbers up to a million. */
  enum Amount {
    INT("int32 %s"),
    SHORT("int32 %s (INTEGER(16,true))"),
    LONG("int64 %s"),
    FLOAT("float %s"),
    DOUBLE("double %s"),
    TEXT("binary %s (STRING)"),
    DECIMAL_INT("int32 %s (DECIMAL(9,2))"),
    DECIMAL_LONG("int64 %s (DECIMAL(18,2))"),
    DECIMAL_BINARY("binary %s (DECIMAL(30,2))"),
    DECIMAL_FIXED("fixed_len_byte_array(9) %s (DECIMAL(20,2))");

    private final String type;

    Amount(String type) {
      this.type = type;
    }

    boolean whole() {
      return this == INT || this == SHORT || this == LONG;
    }

    private void add(Group group, String name, BigDecimal number) {
      byte[] digits = number.setScale(2).unscaledValue().toByteArray();
      switch (this) {
        case INT, SHORT -> group.add(name, number.intValueExact());
        case LONG -> group.add(name, number.longValueExact());
        case FLOAT -> group.add(name, number.floatValue());
        case DOUBLE -> group.add(name, number.doubleValue());
        case TEXT -> group.add(name, number.toPlainString());
        case DECIMAL_INT -> group.add(name, number.setScale(2).unscaledValue().intValueExact());
        case DECIMAL_LONG -> group.add(name, number.setScale(2).unscaledValue().longValueExact());
        case DECIMAL_BINARY -> group.add(name, Binary.fromConstantByteArray(digits));
        case DECIMAL_FIXED -> group.add(name, Binary.fromConstantByteArray(fixed(digits)));
      }
    }

    private static byte[] fixed(byte[] digits) {
      byte[] fixed = new byte[9];
      Arrays.fill(fixed, (byte) (digits[0] < 0 ? -1 : 0));
      System.arraycopy(digits, 0, fixed, fixed.length - digits.length, digits.length);
      return fixed;
    }
  }

  static ParquetTable sample() {
    LocalDateTime time = LocalDateTime.of(2024, 5, 1, 10, 30);
    List<Object> row = List.of("pen", time, BigDecimal.ONE, new BigDecimal("1.5"));
    return new ParquetTable(
        Day.MICROS,
        Amount.INT,
        Amount.DECIMAL_BINARY,
        CompressionCodecName.SNAPPY,
        List.of(row, row, row));
  }

  void write(Path file) throws IOException {
    HadoopOutputFile out =
        HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), RawFolder.HADOOP);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(out)
            .withType(schema())
            .withCompressionCodec(codec)
            .withPageSize(64)
            .build()) {
      for (List<?> row : rows) {
        writer.write(group(row));
      }
    }
  }

  private MessageType schema() {
    String fields =
        List.of(
                "binary sku (STRING)",
                day.type,
                String.format(Locale.ROOT, qty.type, "qty"),
                String.format(Locale.ROOT, price.type, "price"))
            .stream()
            .map(field -> "optional " + field + ";")
            .collect(Collectors.joining());
    String nested = "repeated group deep { required int32 qty; } repeated int32 list;";
    return MessageTypeParser.parseMessageType("message m {" + nested + fields + "}");
  }

  private Group group(List<?> row) {
    Group group = new SimpleGroupFactory(schema()).newGroup();
    group.addGroup("deep").add("qty", 7);
    group.add("list", 1);
    group.add("list", 2);
    @Nullable Object sku = row.get(0);
    if (sku != null) {
      group.add("sku", sku.toString());
    }
    if (row.get(1) instanceof LocalDateTime time) {
      day.add(group, time);
    }
    if (row.get(2) instanceof BigDecimal number) {
      qty.add(group, "qty", number);
    }
    if (row.get(3) instanceof BigDecimal number) {
      price.add(group, "price", number);
    }
    return group;
  }
}
