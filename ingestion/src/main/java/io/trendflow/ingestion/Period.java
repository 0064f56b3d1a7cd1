package io.trendflow.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What one record covers, from its date on. */
public enum Period {
  @JsonProperty("day")
  DAY(1),
  @JsonProperty("week")
  WEEK(7);

  private final int days;

  Period(int days) {
    this.days = days;
  }

  /** Length in days. */
  public int days() {
    return days;
  }
}
