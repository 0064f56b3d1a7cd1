package io.trendflow.ingestion;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of one file: its records by outcome and its days.
 *
 * @param excluded number of excluded records by rule
 * @param rejections number of rejected records by reason, each with its first record
 * @param firstDay first day of the accepted records; null if they have no day
 * @param lastDay last day of the accepted records; null if they have no day
 * @param watermark last day of their periods; null if they have no day
 * @param refusal why the file is rejected as a whole; null if it is not
 * @param missing the configured columns that the file does not have
 */
public record FileOutcome(
    FileCount count,
    String format,
    Map<String, Long> excluded,
    List<RejectionCount> rejections,
    @Nullable LocalDate firstDay,
    @Nullable LocalDate lastDay,
    @Nullable LocalDate watermark,
    @Nullable String refusal,
    List<MissingColumn> missing)
    implements Serializable {

  /**
   * A column that the configuration names and the file does not have.
   *
   * @param use key of the configuration that names it, such as {@code units}
   * @param name the missing name
   * @param known the column of the file whose name is a known name of the field; null if there is
   *     none
   * @param columns the columns of the file that the configuration does not name
   */
  public record MissingColumn(String use, String name, @Nullable String known, List<String> columns)
      implements Serializable {}
}
