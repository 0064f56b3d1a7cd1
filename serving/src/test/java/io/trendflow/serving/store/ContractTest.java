package io.trendflow.serving.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that the records that are read and served have the columns of the contracts, by name and
 * type.
 */
class ContractTest {

  @Test
  void scoreHasEveryColumn() {
    assertThat(columns(ScoreRecord.class))
        .as("components of Score, as columns of prediction.scores")
        .containsExactlyElementsOf(columns(Table.SCORES.contract().fields()));
  }

  @Test
  void runHasEveryColumn() {
    assertThat(columns(Run.class))
        .as("components of Run, as columns of prediction.runs")
        .containsExactlyElementsOf(columns(Table.RUNS.contract().fields()));
  }

  @Test
  void whatIsReadIsWhatWasWritten(@TempDir Path folder) throws UnreadableException {
    StoreFolder store = new StoreFolder(folder);
    Run run = Samples.run("r1", 12);
    List<ScoreRecord> scores = Samples.scores("r1", 6);
    store.publish(run, scores);
    DuckDbWarehouse warehouse = new DuckDbWarehouse(folder.toString());
    assertThat(warehouse.commits().runs()).containsExactly(run);
    List<ScoreRecord> read = new ArrayList<>();
    RowSelection batch = RowSelection.batches(Table.SCORES, List.of("r1"));
    warehouse.read(batch.orderedBy("market", "rank"), ScoreRecord.class, read::add);
    assertThat(read)
        .containsExactlyElementsOf(
            scores.stream()
                .sorted(Comparator.comparing(ScoreRecord::market).thenComparing(ScoreRecord::rank))
                .toList());
  }

  private static List<String> columns(List<TableField> fields) {
    return fields.stream()
        .map(
            field ->
                field.name()
                    + " "
                    + field.mode()
                    + " "
                    + field.type()
                    + (field.fields().isEmpty() ? "" : columns(field.fields())))
        .toList();
  }

  private static List<String> columns(Class<?> type) {
    return Stream.of(type.getRecordComponents()).map(ContractTest::column).toList();
  }

  private static String column(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    String name = RecordType.column(component);
    if (type instanceof AnnotatedParameterizedType list) {
      Class<?> element = (Class<?>) list.getAnnotatedActualTypeArguments()[0].getType();
      String fields = element.isRecord() ? columns(element).toString() : "";
      return name + " REPEATED " + type(element) + fields;
    }
    boolean nullable = type.isAnnotationPresent(Nullable.class);
    return name + (nullable ? " NULLABLE " : " REQUIRED ") + type(component.getType());
  }

  private static String type(Class<?> type) {
    if (type.isRecord()) {
      return "RECORD";
    }
    return switch (type.getSimpleName()) {
      case "String" -> "STRING";
      case "long", "Long" -> "INTEGER";
      case "double", "Double" -> "FLOAT";
      case "boolean", "Boolean" -> "BOOLEAN";
      case "BigDecimal" -> "NUMERIC";
      case "LocalDate" -> "DATE";
      case "Instant" -> "TIMESTAMP";
      default -> type.getName();
    };
  }
}
