package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Source: where its records are and how they fill the fields of its kind.
 *
 * @param files glob below {@code raw.path}; {@code **} crosses folders
 * @param unpivot how a table with a column for each metric is read; null if each line is a record
 * @param fillDown columns that an export fills in the first of several related lines only; null if
 *     there are none
 * @param period period that one record covers from its date on
 * @param lag time from the end of the period until a record without pull time counts as known
 * @param cadence longest time without records; in a longer gap, sales and observations are unknown
 *     instead of zero; null for the default of the features
 * @param columns columns by the field that they fill
 * @param constants value by field, used if no column has a value
 * @param filters filters in the order in which they are applied, before all other checks; the first
 *     that matches excludes the record
 * @param keywords columns of a catalogue with search terms, separated by {@code ;}
 * @param attributes columns of a catalogue that become attributes with the same names
 * @param deduplicate whether all but the first of identical records of a pull are excluded
 * @param sumRepeated whether several values of a trend series, or stock levels of a product, for
 *     the same day in one pull are added up, because they count different things, such as the stock
 *     of several places; otherwise all but the first are rejected
 * @param maxRejected maximum of rejected / (read - excluded), in [0, 1]
 * @param manifest whether only pulls with a manifest are read; null if it is optional
 * @param pulls whether values of different pulls can be compared; null if they cannot
 * @param collect settings of the collector that pulls the source; null if it is not collected
 */
public record SourceConfig(
    SourceKind kind,
    String files,
    FormatConfig format,
    @Nullable UnpivotConfig unpivot,
    @Nullable FillDownConfig fillDown,
    RecordPeriod period,
    @JsonDeserialize(using = DurationFormat.Deserializer.class)
        @JsonSerialize(using = DurationFormat.Serializer.class)
        Duration lag,
    @JsonDeserialize(using = DurationFormat.Deserializer.class)
        @JsonSerialize(using = DurationFormat.Serializer.class)
        @Nullable Duration cadence,
    Map<String, ColumnConfig> columns,
    Map<String, String> constants,
    List<FilterConfig> filters,
    List<String> keywords,
    List<String> attributes,
    Boolean deduplicate,
    Boolean sumRepeated,
    Double maxRejected,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ManifestRule manifest,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PullScale pulls,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> collect)
    implements Serializable {

  /** Creates a source and sets absent parts to their defaults. */
  public SourceConfig(
      @Nullable SourceKind kind,
      @Nullable String files,
      @Nullable FormatConfig format,
      @Nullable UnpivotConfig unpivot,
      @Nullable FillDownConfig fillDown,
      @Nullable RecordPeriod period,
      @Nullable Duration lag,
      @Nullable Duration cadence,
      @Nullable Map<String, ColumnConfig> columns,
      @Nullable Map<String, String> constants,
      @Nullable List<FilterConfig> filters,
      @Nullable List<String> keywords,
      @Nullable List<String> attributes,
      @Nullable Boolean deduplicate,
      @Nullable Boolean sumRepeated,
      @Nullable Double maxRejected,
      @Nullable ManifestRule manifest,
      @Nullable PullScale pulls,
      @Nullable Map<String, Object> collect) {
    if (kind == null) {
      throw new IllegalArgumentException(
          "kind is missing: use sales, catalog, trends, stock or calendar.");
    }
    this.kind = kind;
    this.files =
        ConfigValidation.given(
            files, "files is missing: set it to a glob below raw.path such as orders/*.csv.");
    this.format =
        format == null
            ? new FormatConfig(FileFormat.ofFiles(this.files), null, null, null)
            : format;
    this.unpivot = unpivot;
    this.fillDown = fillDown;
    this.period = period == null ? RecordPeriod.DAY : period;
    this.lag = lag == null ? Duration.ZERO : lag;
    this.cadence = cadence;
    this.columns = ConfigValidation.copy(columns);
    this.constants = ConfigValidation.copy(constants);
    this.filters = ConfigValidation.copy(filters);
    this.keywords = ConfigValidation.copy(keywords);
    this.attributes = ConfigValidation.copy(attributes);
    this.deduplicate = deduplicate != null && deduplicate;
    this.sumRepeated = sumRepeated != null && sumRepeated;
    this.maxRejected = maxRejected == null ? 0.01 : maxRejected;
    this.manifest = manifest;
    // The state at a moment has the same meaning in every pull.
    this.pulls = pulls == null && this.period == RecordPeriod.MOMENT ? PullScale.COMPARABLE : pulls;
    this.collect = collect == null ? null : new TreeMap<>(collect);
    checkFields();
    checkKind();
    ConfigValidation.that(
        this.maxRejected >= 0 && this.maxRejected <= 1,
        "max_rejected is " + this.maxRejected + ": use a share from 0 to 1.");
  }

  /** Returns the source without what has no influence on its rows. */
  public SourceConfig read() {
    return new SourceConfig(
        kind,
        files,
        format,
        unpivot,
        fillDown,
        period,
        lag,
        cadence,
        columns,
        constants,
        filters,
        keywords,
        attributes,
        deduplicate,
        sumRepeated,
        maxRejected,
        manifest,
        pulls,
        null);
  }

  /** Returns whether a column or a constant fills the field. */
  public boolean gives(String field) {
    return columns.containsKey(field) || constants.containsKey(field);
  }

  /** Returns whether only pulls with a manifest are read. */
  public boolean needsManifest() {
    return manifest == ManifestRule.REQUIRED;
  }

  /** Returns whether values of different pulls can be compared. */
  public boolean comparesPulls() {
    return pulls == PullScale.COMPARABLE;
  }

  /** Returns the configured columns that a file can have, each once, in the order of the fields. */
  public List<String> fileColumns() {
    Set<String> names = new LinkedHashSet<>();
    neededColumns().forEach(names::addAll);
    columns.values().forEach(column -> names.addAll(column.column()));
    filters.forEach(filter -> names.addAll(filter.column()));
    if (unpivot != null) {
      names.remove(unpivot.name());
      names.remove(unpivot.value());
    }
    return List.copyOf(names);
  }

  /** Returns the columns that a file needs: at least one of each list. */
  public List<List<String>> neededColumns() {
    List<List<String>> needed = new ArrayList<>();
    columns.values().stream()
        .filter(column -> !column.optional())
        .forEach(column -> needed.add(column.column()));
    filters.stream()
        .filter(filter -> !filter.optional())
        .forEach(filter -> needed.add(filter.column()));
    keywords.forEach(column -> needed.add(List.of(column)));
    attributes.forEach(column -> needed.add(List.of(column)));
    if (fillDown != null) {
      needed.add(List.of(fillDown.key()));
    }
    if (unpivot != null) {
      needed.removeIf(names -> names.contains(unpivot.name()) || names.contains(unpivot.value()));
      unpivot.columns().forEach(column -> needed.add(List.of(column)));
    }
    return needed;
  }

  private void checkFields() {
    Set<String> given = new TreeSet<>(columns.keySet());
    given.addAll(constants.keySet());
    for (String field : given) {
      ConfigValidation.that(
          kind.fields().contains(field),
          "a " + kind + " source has no field " + field + ": its fields are " + kind.fields());
    }
    for (String field : kind.required()) {
      ConfigValidation.that(
          given.contains(field),
          field + " is missing: a " + kind + " source needs a column or a constant for it.");
    }
    columns.forEach(
        (field, column) ->
            ConfigValidation.that(
                column.format() == null || kind.isDate(field),
                field + " has format `" + column.format() + "`: only a date can have a format."));
  }

  private void checkKind() {
    boolean catalog = kind == SourceKind.CATALOG;
    boolean planned = catalog || kind == SourceKind.CALENDAR;
    boolean trends = kind == SourceKind.TRENDS;
    boolean stock = kind == SourceKind.STOCK;
    ConfigValidation.that(
        catalog || (keywords.isEmpty() && attributes.isEmpty()),
        "keywords and attributes belong to a catalog source, but the kind is " + kind + ".");
    ConfigValidation.that(
        !planned
            || (period == RecordPeriod.DAY && lag.isZero() && cadence == null && unpivot == null),
        "period, lag, cadence and unpivot do not apply to a "
            + kind
            + " source: see catalog.known_before_launch.");
    ConfigValidation.that(
        trends || pulls == null, "pulls belongs to a trends source, but the kind is " + kind + ".");
    ConfigValidation.that(
        trends || stock || !sumRepeated,
        "sum_repeated belongs to a trends or stock source, but the kind is " + kind + ".");
    ConfigValidation.that(
        trends || !(period == RecordPeriod.MOMENT || period == RecordPeriod.DETECTED),
        "the periods moment and detected belong to a trends source, but the kind is " + kind + ".");
    ConfigValidation.that(
        !stock || period == RecordPeriod.DAY,
        "period is " + period + ": a stock level is that of the end of a day, remove the period.");
    ConfigValidation.that(
        !stock || gives("on_hand") || gives("in_stock"),
        "on_hand is missing: a stock source needs a column for on_hand or for in_stock.");
    ConfigValidation.that(
        !(gives("unit_price") && gives("revenue")),
        "unit_price and revenue are both given: keep one of the two.");
  }
}
