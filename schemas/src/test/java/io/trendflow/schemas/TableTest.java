package io.trendflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableTest {
  @ParameterizedTest
  @EnumSource(Table.class)
  void everyTableCarriesItsBatchAndIsPartitionedByADate(Table table) {
    TableContract contract = table.contract();
    assertThat(contract.fields()).extracting(TableField::name).contains(table.batchColumn());
    assertThat(contract.fields())
        .filteredOn(field -> field.name().equals(contract.partitionBy()))
        .singleElement()
        .extracting(TableField::type)
        .isEqualTo(FieldType.DATE);
    assertThat(contract.clusterBy()).hasSizeLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void aKeyIsNeverMissingAndEveryColumnIsDescribed(Table table) {
    TableContract contract = table.contract();
    assertThat(contract.fields())
        .filteredOn(field -> contract.primaryKey().contains(field.name()))
        .hasSize(contract.primaryKey().size())
        .extracting(TableField::mode)
        .containsOnly(TableField.Mode.REQUIRED);
    assertThat(contract.fields()).extracting(TableField::name).doesNotHaveDuplicates();
    assertDescribed(contract.fields());
  }

  private static void assertDescribed(List<TableField> fields) {
    assertThat(fields).allSatisfy(field -> assertThat(field.description()).endsWith("."));
    fields.forEach(field -> assertDescribed(field.fields()));
  }
}
