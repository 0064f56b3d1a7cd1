package io.trendflow.ingestion;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a source are and how they fill the fields of its kind.
 *
 * @param files glob below {@code raw.path}; {@code **} crosses folders
 * @param period what one record covers from its date on
 * @param lag from the end of the period until a record without pull time is taken as known
 * @param columns field to the column that fills it
 * @param constants field to its value in every record
 * @param filters applied in this order before anything else; the first that holds counts
 * @param keywords columns of a catalogue that declare search terms, several separated by {@code ;}
 * @param attributes columns of a catalogue that are kept as attributes under their own names
 * @param deduplicate whether all but the first of identical records of a pull are excluded
 * @param maxRejected limit of rejected / (read - excluded), in [0, 1]
 */
public record SourceConfig(
    SourceKind kind,
    String files,
    CsvConfig csv,
    Period period,
    @JsonDeserialize(using = Durations.Deserializer.class)
        @JsonSerialize(using = Durations.Serializer.class)
        Duration lag,
    Map<String, ColumnConfig> columns,
    Map<String, String> constants,
    List<FilterConfig> filters,
    List<String> keywords,
    List<String> attributes,
    Boolean deduplicate,
    Double maxRejected)
    implements Serializable {

  /** As configured; what is absent takes its default. */
  public SourceConfig(
      @Nullable SourceKind kind,
      @Nullable String files,
      @Nullable CsvConfig csv,
      @Nullable Period period,
      @Nullable Duration lag,
      @Nullable Map<String, ColumnConfig> columns,
      @Nullable Map<String, String> constants,
      @Nullable List<FilterConfig> filters,
      @Nullable List<String> keywords,
      @Nullable List<String> attributes,
      @Nullable Boolean deduplicate,
      @Nullable Double maxRejected) {
    if (kind == null) {
      throw new IllegalArgumentException("kind is missing: give sales, catalog or trends.");
    }
    this.kind = kind;
    this.files =
        Check.given(files, "files is missing: give a glob below raw.path such as orders/*.csv.");
    this.csv = csv == null ? CsvConfig.DEFAULT : csv;
    this.period = period == null ? Period.DAY : period;
    this.lag = lag == null ? Duration.ZERO : lag;
    this.columns = Check.copy(columns);
    this.constants = Check.copy(constants);
    this.filters = Check.copy(filters);
    this.keywords = Check.copy(keywords);
    this.attributes = Check.copy(attributes);
    this.deduplicate = deduplicate != null && deduplicate;
    this.maxRejected = maxRejected == null ? 0.01 : maxRejected;
    checkFields();
    checkKind();
    Check.that(
        this.maxRejected >= 0 && this.maxRejected <= 1,
        "max_rejected is " + this.maxRejected + ": give a share from 0 to 1.");
  }

  /** Whether a column or a constant fills the field. */
  boolean gives(String field) {
    return columns.containsKey(field) || constants.containsKey(field);
  }

  private void checkFields() {
    TreeSet<String> given = new TreeSet<>(columns.keySet());
    given.retainAll(constants.keySet());
    Check.that(given.isEmpty(), given + " has both a column and a constant: keep one of the two.");
    given.addAll(columns.keySet());
    given.addAll(constants.keySet());
    for (String field : given) {
      Check.that(
          kind.fields().contains(field),
          "a " + kind + " source has no field " + field + ": its fields are " + kind.fields());
    }
    for (String field : kind.required()) {
      Check.that(
          given.contains(field),
          field + " is missing: a " + kind + " source needs a column or a constant for it.");
    }
    columns.forEach(
        (field, column) ->
            Check.that(
                column.format() == null || kind.isDate(field),
                field + " has format `" + column.format() + "`: only a date takes a format."));
  }

  private void checkKind() {
    boolean catalog = kind == SourceKind.CATALOG;
    Check.that(
        catalog || (keywords.isEmpty() && attributes.isEmpty()),
        "keywords and attributes belong to a catalog source, but the kind is " + kind + ".");
    Check.that(
        !catalog || (period == Period.DAY && lag.isZero()),
        "period and lag do not apply to a catalog source: see catalog.known_before_launch.");
    Check.that(
        !(gives("unit_price") && gives("revenue")),
        "unit_price and revenue are both given: keep one of the two.");
  }
}
