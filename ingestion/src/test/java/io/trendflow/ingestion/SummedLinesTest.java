package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class SummedLinesTest {
  private static final List<String> COLUMNS = List.of(DayTotals.SCHEMA.fieldNames());

  @Test
  void keysWithTheSameHashAreSummedApart() {
    List<InternalRow> sums =
        sums(line(7, "p", 1, 2), line(7, "q", 1, 3), line(7, "p", 1, 4), line(7, "p", 2, 5));
    assertThat(sums).extracting(sum -> text(sum, "product_id")).containsExactly("p", "q", "p");
    assertThat(sums).extracting(sum -> number(sum, "gross_units")).containsExactly(6.0, 3.0, 5.0);
  }

  @Test
  void equalKeysAreOneSumAndTheNextHashBeginsAnother() {
    List<InternalRow> sums = sums(line(7, "p", 1, 2), line(7, "p", 1, -1), line(8, "p", 2, 1));
    assertThat(sums).hasSize(2);
    assertThat(number(sums.get(0), "gross_units")).isEqualTo(2);
    assertThat(number(sums.get(0), "return_units")).isEqualTo(1);
    assertThat(sums.get(0).getLong(COLUMNS.indexOf("orders"))).isEqualTo(1);
    assertThat(sums.get(0).isNullAt(COLUMNS.indexOf("customers"))).isTrue();
  }

  @Test
  void theEndIsReportedOnce() {
    SummedLines none = new SummedLines(List.<InternalRow>of().iterator(), Set.of(), Set.of());
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  private static List<InternalRow> sums(InternalRow... lines) {
    List<InternalRow> sums = new ArrayList<>();
    new SummedLines(List.of(lines).iterator(), Set.of(), Set.of()).forEachRemaining(sums::add);
    return sums;
  }

  private static InternalRow line(long hash, String product, int day, double units) {
    return new GenericInternalRow(
        new Object[] {
          hash,
          UTF8String.fromString("orders"),
          UTF8String.fromString("uk"),
          null,
          UTF8String.fromString(product),
          day,
          1L,
          0L,
          true,
          units,
          Decimal.apply(new BigDecimal("1.5"), 28, 9),
          null,
          null
        });
  }

  private static String text(InternalRow sum, String column) {
    return sum.getUTF8String(COLUMNS.indexOf(column)).toString();
  }

  private static double number(InternalRow sum, String column) {
    return sum.getDouble(COLUMNS.indexOf(column));
  }
}
