package io.trendflow.serving.store;

import java.util.List;
import org.apache.avro.Conversions;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Row of the Storage Read API. */
record AvroFields(IndexedRecord row) implements ColumnReader {
  /** Avro conversions of integers and bytes to dates, times and decimals. */
  static final GenericData DATA = new GenericData();

  static {
    DATA.addLogicalTypeConversion(new TimeConversions.DateConversion());
    DATA.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    DATA.addLogicalTypeConversion(new Conversions.DecimalConversion());
  }

  @Override
  public @Nullable Object get(String name) {
    org.apache.avro.Schema.Field field = row.getSchema().getField(name);
    return field == null ? null : value(row.get(field.pos()));
  }

  private static @Nullable Object value(@Nullable Object raw) {
    if (raw instanceof CharSequence text) {
      return text.toString();
    }
    if (raw instanceof List<?> list) {
      return list.stream().map(AvroFields::value).toList();
    }
    return raw instanceof IndexedRecord struct ? new AvroFields(struct) : raw;
  }
}
