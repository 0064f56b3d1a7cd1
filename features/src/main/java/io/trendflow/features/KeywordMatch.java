package io.trendflow.features;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Keyword that belongs to a product.
 *
 * @param confidence confidence of the match, in (0, 1]
 * @param matchedBy reviewed, declared, name, brand, category, or combined (of the last three)
 */
record KeywordMatch(String keyword, double confidence, String matchedBy) {
  static final StructType SCHEMA =
      new StructType()
          .add("keyword", DataTypes.StringType, false)
          .add("confidence", DataTypes.DoubleType, false)
          .add("matched_by", DataTypes.StringType, false);

  Row toRow() {
    return RowFactory.create(keyword, confidence, matchedBy);
  }
}
