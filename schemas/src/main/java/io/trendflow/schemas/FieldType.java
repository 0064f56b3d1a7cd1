package io.trendflow.schemas;

/** BigQuery column types of the contracts, in their legacy spelling. */
public enum FieldType {
  STRING,
  INTEGER,
  FLOAT,
  /** Decimal with 29 digits before the point and 9 after it. */
  NUMERIC,
  BOOLEAN,
  DATE,
  TIMESTAMP,
  RECORD
}
