package io.trendflow.ingestion;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of the ingests that stay visible beside a new one. All of them were known before the new
 * files were pulled.
 *
 * @param sales rows of {@code sales_history.daily_sales}
 * @param catalog rows of {@code new_product.catalog}
 */
public record EarlierBatches(Dataset<Row> sales, Dataset<Row> catalog) {}
