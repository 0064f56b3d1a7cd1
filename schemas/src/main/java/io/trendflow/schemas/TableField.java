package io.trendflow.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Column of a table, in BigQuery's JSON form.
 *
 * @param fields columns of a RECORD; empty for every other type
 */
public record TableField(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) FieldType type,
    @JsonProperty(required = true) Mode mode,
    @JsonProperty(required = true) String description,
    List<TableField> fields) {

  /** Mode of a column: a value is required, may be missing, or is a list. */
  public enum Mode {
    REQUIRED,
    NULLABLE,
    REPEATED
  }

  /** Creates a column as read from a contract, where {@code fields} may be absent. */
  public TableField(
      String name,
      FieldType type,
      Mode mode,
      String description,
      @Nullable List<TableField> fields) {
    this.name = name;
    this.type = type;
    this.mode = mode;
    this.description = description;
    this.fields = fields == null ? List.of() : List.copyOf(fields);
    if ((type == FieldType.RECORD) == this.fields.isEmpty()) {
      throw new IllegalArgumentException(
          "column %s of type %s has %d fields: a RECORD must have fields, and only a RECORD may"
              .formatted(name, type, this.fields.size()));
    }
  }
}
