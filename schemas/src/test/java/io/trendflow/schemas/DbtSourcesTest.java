package io.trendflow.schemas;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the files of {@code dbt/} that are generated from the contracts with the contracts; see
 * CONTRIBUTING.md.
 */
class DbtSourcesTest {
  private static final Path DBT = Path.of("..", "dbt");
  private static final String GENERATED = "Generated from the contracts by `make dbt-sources`.";

  /** Generated file. */
  enum Generated {
    SOURCES("models/sources.yml", DbtSourcesTest::sources),
    DESCRIPTIONS("models/contracts.md", DbtSourcesTest::descriptions),
    MACROS("macros/contracts.sql", DbtSourcesTest::macros);

    private final Path file;
    private final Function<List<Table>, String> content;

    Generated(String file, Function<List<Table>, String> content) {
      this.file = DBT.resolve(file);
      this.content = content;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFilesOfDbtFollowTheContracts(Generated generated) throws IOException {
    String expected = generated.content.apply(List.of(Table.values()));
    if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
      Files.writeString(generated.file, expected);
    }
    assertThat(generated.file)
        .as("run `make dbt-sources` after changing a contract")
        .hasContent(expected);
  }

  private static String sources(List<Table> tables) {
    StringBuilder text = new StringBuilder("# " + GENERATED + "\nsources:\n");
    for (String dataset : tables.stream().map(Table::dataset).distinct().sorted().toList()) {
      text.append("  - name: ").append(dataset);
      text.append("\n    schema: \"{{ env_var('TRENDFLOW_STORE_DATASET_PREFIX', '') }}");
      text.append(dataset).append("\"\n    tables:\n");
      tables.stream().filter(t -> t.dataset().equals(dataset)).forEach(t -> text.append(source(t)));
      Arrays.stream(CommitView.values())
          .filter(view -> view.table().dataset().equals(dataset))
          .forEach(view -> text.append(source(view)));
    }
    return text.toString();
  }

  private static String source(Table table) {
    return "      - name: %s\n        description: \"{{ doc('%s') }}\"\n        columns:\n%s"
        .formatted(table.table(), table.table(), columns(table));
  }

  private static String source(CommitView view) {
    return "      - name: %s\n        description: %s\n        columns:\n%s"
        .formatted(view.view(), view.description(), columns(view.table()));
  }

  private static String columns(Table table) {
    return table.contract().fields().stream()
        .map(
            field ->
                "          - {name: %s, data_type: \"%s\", description: \"{{ doc('%s') }}\"}\n"
                    .formatted(field.name(), bigQueryType(field), block(table, field)))
        .collect(joining());
  }

  private static String block(Table table, TableField field) {
    return table.table() + "__" + field.name();
  }

  private static String descriptions(List<Table> tables) {
    String blocks =
        tables.stream()
            .flatMap(
                table ->
                    Stream.concat(
                        Stream.of(docs(table.table(), table.contract().description())),
                        table.contract().fields().stream()
                            .map(field -> docs(block(table, field), description(field)))))
            .collect(joining("\n"));
    return "<!-- " + GENERATED + " -->\n\n" + blocks;
  }

  private static String docs(String name, String text) {
    return "{% docs " + name + " %}\n" + text + "\n{% enddocs %}\n";
  }

  private static String description(TableField field) {
    return field.fields().stream()
        .map(inner -> " `%s`: %s".formatted(inner.name(), inner.description()))
        .collect(joining("", field.description(), ""));
  }

  private static String macros(List<Table> tables) {
    String entries =
        tables.stream()
            .map(
                table ->
                    """
                      '%s': {
                        'schema': '%s',
                        'files': '%s',
                        'partition_by': '%s',
                        'cluster_by': [%s],
                        'columns': {
                    %s
                        },
                      },
                    """
                        .formatted(
                            table.table(),
                            table.dataset(),
                            TableLayout.allFiles(table),
                            table.contract().partitionBy(),
                            table.contract().clusterBy().stream()
                                .map(column -> "'" + column + "'")
                                .collect(joining(", ")),
                            table.contract().fields().stream()
                                .map(f -> "      '%s': '%s',".formatted(f.name(), duckDbType(f)))
                                .collect(joining("\n"))))
            .collect(joining());
    return """
        {# %s #}

        {#- Returns the layout of each table, with DuckDB's types of its columns. -#}
        {%% macro contracts() %%}
        {{ return({
        %s}) }}
        {%% endmacro %%}
        """
            .formatted(GENERATED, entries)
        + Arrays.stream(CommitView.values()).map(DbtSourcesTest::macro).collect(joining());
  }

  private static String macro(CommitView view) {
    return "\n{% macro "
        + view.view()
        + "(table) %}\n"
        + view.sql("{{ table }}")
        + "{% endmacro %}\n";
  }

  private static String bigQueryType(TableField field) {
    String type =
        switch (field.type()) {
          case STRING -> "string";
          case INTEGER -> "int64";
          case FLOAT -> "float64";
          case NUMERIC -> "numeric";
          case BOOLEAN -> "bool";
          case DATE -> "date";
          case TIMESTAMP -> "timestamp";
          case RECORD -> "struct<" + inner(field, DbtSourcesTest::bigQueryType) + ">";
        };
    return isList(field) ? "array<" + type + ">" : type;
  }

  private static String duckDbType(TableField field) {
    String type =
        switch (field.type()) {
          case STRING -> "varchar";
          case INTEGER -> "bigint";
          case FLOAT -> "double";
          case NUMERIC -> "decimal(38, 9)";
          case BOOLEAN -> "boolean";
          case DATE -> "date";
          case TIMESTAMP -> "timestamptz";
          case RECORD -> "struct(" + inner(field, DbtSourcesTest::duckDbType) + ")";
        };
    return isList(field) ? type + "[]" : type;
  }

  private static String inner(TableField field, Function<TableField, String> type) {
    return field.fields().stream().map(f -> f.name() + " " + type.apply(f)).collect(joining(", "));
  }

  private static boolean isList(TableField field) {
    return field.mode() == TableField.Mode.REPEATED;
  }
}
