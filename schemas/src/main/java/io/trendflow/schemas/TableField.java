package io.trendflow.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, in BigQuery's own JSON form.
 *
 * @param fields the columns of a RECORD, empty for every other type
 */
public record TableField(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) FieldType type,
    @JsonProperty(required = true) Mode mode,
    @JsonProperty(required = true) String description,
    List<TableField> fields) {

  /** Whether a value must be there, may be missing, or is a list. */
  public enum Mode {
    REQUIRED,
    NULLABLE,
    REPEATED
  }

  /** As read from a contract; {@code fields} may be absent there. */
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
          "column " + name + ": a RECORD has fields and only a RECORD has, but it is " + type);
    }
  }
}
