package io.trendflow.schemas;

/** The BigQuery column types that the contracts use, in their legacy spelling. */
public enum FieldType {
  STRING,
  INTEGER,
  FLOAT,
  /** A decimal with 29 digits before the point and 9 after. */
  NUMERIC,
  BOOLEAN,
  DATE,
  TIMESTAMP,
  RECORD
}
