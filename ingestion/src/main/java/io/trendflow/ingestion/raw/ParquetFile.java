package io.trendflow.ingestion.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Records of a Parquet file as texts: dates and times in ISO form, numbers with all digits. */
public final class ParquetFile implements RecordFile {
  /** Largest number up to which a double represents every whole number. */
  private static final double LARGEST_WHOLE = 1L << 53;

  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

  private final RawFile file;
  private final List<PrimitiveType> columns = new ArrayList<>();
  private final FileHeader header;
  private final ParquetReader<Group> reader;
  private long records;

  public ParquetFile(RawFile file, Configuration hadoop) throws FileRejectedException {
    this.file = file;
    Path path = new Path(file.location());
    Configuration files = file.file().contains(":") ? unchecked(hadoop) : hadoop;
    try {
      try (ParquetFileReader footer =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, files))) {
        for (Type type : footer.getFileMetaData().getSchema().getFields()) {
          if (type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED)) {
            columns.add(type.asPrimitiveType());
          }
        }
      }
      this.header =
          new FileHeader(file, columns.stream().map(Type::getName).toArray(String[]::new));
      this.reader =
          ParquetReader.builder(new GroupReadSupport(), path)
              .withConf(files)
              .withCodecFactory(new WholePages(hadoop))
              .build();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // A length that is broken makes the reader ask for more memory than there is.
      throw refusal(e);
    }
  }

  /** Returns settings for files whose names Hadoop cannot write checksum files for. */
  private static Configuration unchecked(Configuration hadoop) {
    Configuration files = new Configuration(hadoop);
    files.set("fs.file.impl", RawLocalFileSystem.class.getName());
    files.setBoolean("fs.file.impl.disable.cache", true);
    return files;
  }

  @Override
  public FileHeader header() {
    return header;
  }

  @Override
  public String @Nullable [] next() throws FileRejectedException {
    try {
      Group group = reader.read();
      if (group == null) {
        return null;
      }
      String[] record = new String[columns.size()];
      for (int i = 0; i < record.length; i++) {
        PrimitiveType column = columns.get(i);
        record[i] = group.getFieldRepetitionCount(column.getName()) == 0 ? "" : text(group, column);
      }
      records++;
      return record;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // A length that is broken makes the reader ask for more memory than there is.
      throw refusal(e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.label() + " cannot be closed", e);
    }
  }

  private static String text(Group group, PrimitiveType column) {
    String name = column.getName();
    LogicalTypeAnnotation meaning = column.getLogicalTypeAnnotation();
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(group, column, decimal.getScale()).toPlainString();
    }
    if (column.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      return int96(group.getInt96(name, 0));
    }
    if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
      return timestamp(group.getLong(name, 0), timestamp);
    }
    if (meaning != null && meaning.equals(LogicalTypeAnnotation.dateType())) {
      return LocalDate.ofEpochDay(group.getInteger(name, 0)).toString();
    }
    return switch (column.getPrimitiveTypeName()) {
      case DOUBLE -> number(group.getDouble(name, 0), Double.toString(group.getDouble(name, 0)));
      case FLOAT -> number(group.getFloat(name, 0), Float.toString(group.getFloat(name, 0)));
      case INT32 ->
          isUnsigned(meaning)
              ? Integer.toUnsignedString(group.getInteger(name, 0))
              : plain(group, name);
      case INT64 ->
          isUnsigned(meaning) ? Long.toUnsignedString(group.getLong(name, 0)) : plain(group, name);
      default -> plain(group, name);
    };
  }

  private static String plain(Group group, String name) {
    return group.getValueToString(group.getType().getFieldIndex(name), 0);
  }

  private static boolean isUnsigned(@Nullable LogicalTypeAnnotation meaning) {
    return meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
  }

  /**
   * Writes whole numbers without decimals, and NaN as empty text. pandas stores a column of whole
   * numbers with gaps, such as ids, as floating-point numbers with NaN in the gaps.
   */
  private static String number(double value, String text) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
        ? Long.toString((long) value)
        : text;
  }

  private static BigDecimal decimal(Group group, PrimitiveType column, int scale) {
    String name = column.getName();
    return switch (column.getPrimitiveTypeName()) {
      case INT32 -> BigDecimal.valueOf(group.getInteger(name, 0), scale);
      case INT64 -> BigDecimal.valueOf(group.getLong(name, 0), scale);
      default -> new BigDecimal(new BigInteger(group.getBinary(name, 0).getBytes()), scale);
    };
  }

  private static String timestamp(long count, TimestampLogicalTypeAnnotation meaning) {
    long perSecond =
        switch (meaning.getUnit()) {
          case MILLIS -> 1_000L;
          case MICROS -> 1_000_000L;
          case NANOS -> 1_000_000_000L;
        };
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(count, perSecond),
            Math.floorMod(count, perSecond) * (1_000_000_000L / perSecond));
    return meaning.isAdjustedToUTC()
        ? time.toString()
        : LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString();
  }

  /** Reads an instant of older Spark and Hive: nanoseconds of the day and a Julian day. */
  private static String int96(Binary bytes) {
    ByteBuffer buffer = bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = buffer.getLong();
    long day = Integer.toUnsignedLong(buffer.getInt()) - JULIAN_DAY_OF_EPOCH;
    return Instant.ofEpochSecond(day * 86_400, nanos).toString();
  }

  private FileRejectedException refusal(Throwable e) {
    return new FileRejectedException(
        file.label()
            + ", after record "
            + records
            + ": it cannot be read as Parquet ("
            + RawBytes.problem(e)
            + "); copy the file again.");
  }
}
