package io.trendflow.ingestion;

import static io.trendflow.ingestion.clean.SparkColumns.nullable;
import static io.trendflow.ingestion.clean.SparkColumns.required;

import io.trendflow.ingestion.clean.CleanedRecord;
import io.trendflow.ingestion.clean.RecordCleaner;
import io.trendflow.ingestion.clean.RecordFiles;
import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.PullTime;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RecordFile;
import io.trendflow.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one file: one per record with its outcome, then one that ends the file. The last row is
 * {@link #READ} with the number of records, or {@link #REFUSED} with the reason. A file that was
 * not read to its end is therefore never mistaken for a shorter one, and a rejected file does not
 * fail the task.
 */
public final class RecordRows implements Iterator<Row> {
  static final String ACCEPTED = "accepted";
  static final String EXCLUDED = "excluded";
  static final String REJECTED = "rejected";
  public static final String READ = "read";
  public static final String REFUSED = "refused";

  private static final StructType FIELD =
      new StructType(
          new StructField[] {
            required("name", DataTypes.StringType), nullable("value", DataTypes.StringType)
          });

  private final FileTask task;
  private final Configuration hadoop;
  private @Nullable RecordFile file;
  private @Nullable RecordCleaner cleaner;
  private long records;
  private boolean ended;

  public RecordRows(FileTask task, Configuration hadoop) {
    this.task = task;
    this.hadoop = hadoop;
  }

  /** Returns the schema of the rows; {@code value} is null unless the record is accepted. */
  static StructType schema(StructType value) {
    return new StructType(
        new StructField[] {
          required("source", DataTypes.StringType),
          required("file", DataTypes.StringType),
          required("record", DataTypes.LongType),
          required("outcome", DataTypes.StringType),
          nullable("code", DataTypes.StringType),
          nullable("detail", DataTypes.StringType),
          nullable("fields", DataTypes.createArrayType(FIELD, false)),
          nullable("fingerprint", DataTypes.StringType),
          nullable("value", value)
        });
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public Row next() {
    if (ended) {
      throw new NoSuchElementException();
    }
    try {
      return advance();
    } catch (FileRejectedException e) {
      end();
      return row(REFUSED, null, e.getMessage(), null, null, null);
    }
  }

  private Row advance() throws FileRejectedException {
    if (file == null || cleaner == null) {
      file = RecordFiles.open(task, hadoop);
      cleaner = new RecordCleaner(task, file.header());
    }
    String[] record = file.next();
    if (record == null) {
      end();
      return row(READ, null, null, null, null, null);
    }
    records++;
    return row(cleaner, record);
  }

  private void end() {
    ended = true;
    if (file != null) {
      file.close();
    }
  }

  private Row row(RecordCleaner cleaner, String[] record) throws FileRejectedException {
    if (task.repeated()) {
      return row(EXCLUDED, FilterConfig.DUPLICATE_FILE, null, null, null, null);
    }
    String fingerprint = task.source().deduplicate() ? fingerprint(record) : null;
    CleanedRecord cleaned = cleaned(cleaner, record);
    if (cleaned instanceof CleanedRecord.Accepted accepted) {
      // A later step may still reject the record because of its key, and then needs its fields.
      Row[] fields = task.source().kind() == SourceKind.SALES ? null : cleaner.fields(record);
      return row(ACCEPTED, null, null, fields, fingerprint, accepted.value());
    }
    if (cleaned instanceof CleanedRecord.Excluded excluded) {
      return row(EXCLUDED, excluded.rule(), null, null, fingerprint, null);
    }
    CleanedRecord.Rejected rejected = (CleanedRecord.Rejected) cleaned;
    String code = rejected.reason().code();
    return row(REJECTED, code, rejected.detail(), cleaner.fields(record), fingerprint, null);
  }

  /**
   * Cleans a record. Java's regular expressions overflow the stack if a group repeats over a long
   * text.
   */
  private CleanedRecord cleaned(RecordCleaner cleaner, String[] record)
      throws FileRejectedException {
    try {
      return cleaner.clean(record);
    } catch (StackOverflowError e) {
      throw new FileRejectedException(
          task.file().label()
              + ", record "
              + records
              + ": a text is too long for the regular expression of an extract or a filter of the"
              + " source; simplify that expression.");
    }
  }

  private Row row(
      String outcome,
      @Nullable String code,
      @Nullable String detail,
      Row @Nullable [] fields,
      @Nullable String fingerprint,
      @Nullable Row value) {
    RawFile raw = task.file();
    return RowFactory.create(
        raw.source(), raw.file(), records, outcome, code, detail, fields, fingerprint, value);
  }

  /**
   * Returns the hash of the whole record and of its pull, because a later pull may repeat records.
   */
  private String fingerprint(String[] record) {
    MessageDigest digest = Sha256.digest();
    PullTime pull = task.file().pull();
    digest.update((pull == null ? "" : pull.folder()).getBytes(StandardCharsets.UTF_8));
    for (String text : record) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((":" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return Sha256.hex(digest);
  }
}
