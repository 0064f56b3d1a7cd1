package io.trendflow.ingestion;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ingest would make of one file.
 *
 * @param excluded rule to the records that it leaves out
 * @param rejections by reason, each with its first record
 * @param firstDay first day of the accepted records; null where they have no day
 * @param lastDay the last of them
 * @param refusal why the file cannot be taken at all; null when it can
 * @param missing the configured columns that it lacks
 */
public record FileOutcome(
    FileCount count,
    String format,
    Map<String, Long> excluded,
    List<RejectionCount> rejections,
    @Nullable LocalDate firstDay,
    @Nullable LocalDate lastDay,
    @Nullable String refusal,
    List<MissingColumn> missing) {

  /**
   * A column that the configuration names and the file does not have.
   *
   * @param use where the configuration names it, such as {@code units}
   * @param name the name that is not there
   * @param known the column of the file whose name is known to mean the field; null if none is
   * @param columns the columns of the file that the configuration does not name
   */
  public record MissingColumn(
      String use, String name, @Nullable String known, List<String> columns) {}
}
