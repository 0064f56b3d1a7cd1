package io.trendflow.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Contract of a table: its columns in order, and its layout in BigQuery.
 *
 * @param partitionBy DATE column by which BigQuery partitions the table
 * @param clusterBy columns by which BigQuery clusters the table, possibly none
 * @param primaryKey columns whose combination is unique among the visible rows
 */
public record TableContract(
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) String partitionBy,
    @JsonProperty(required = true) List<String> clusterBy,
    @JsonProperty(required = true) List<String> primaryKey,
    @JsonProperty(required = true) List<TableField> fields) {

  public TableContract {
    clusterBy = List.copyOf(clusterBy);
    primaryKey = List.copyOf(primaryKey);
    fields = List.copyOf(fields);
    Set<String> names = fields.stream().map(TableField::name).collect(Collectors.toSet());
    Set<String> unknown = new HashSet<>(primaryKey);
    unknown.addAll(clusterBy);
    unknown.add(partitionBy);
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("keys " + unknown + " are not among the columns " + names);
    }
  }
}
