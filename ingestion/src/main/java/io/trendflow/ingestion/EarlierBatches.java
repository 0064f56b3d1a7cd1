package io.trendflow.ingestion;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the ingests hold that stay visible beside a new one; all of it was known before the new
 * files were pulled.
 *
 * @param sales rows of {@code sales_history.daily_sales}
 * @param catalog rows of {@code new_product.catalog}
 */
public record EarlierBatches(Dataset<Row> sales, Dataset<Row> catalog) {}
