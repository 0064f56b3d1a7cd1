package io.trendflow.collection.bigquery;

import io.trendflow.collection.pull.PullTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Query that gives a source's rows, each with a column {@code date}.
 *
 * @param sql the query, whose parameters may be {@code @from} and {@code @to}
 * @param daily whether it has these parameters and therefore gives whole days; otherwise each pull
 *     has all of its rows
 */
record RowQuery(String sql, boolean daily) {
  private static final String TABLE = "{table}";

  /**
   * Returns the query of a source.
   *
   * @param shipped name of a shipped query; null for the query in the settings
   * @throws IllegalArgumentException if the settings lack a part of the query, or have too much
   */
  static RowQuery of(PullTask task, BigquerySettings settings, @Nullable String shipped) {
    String own = settings.sql();
    if (shipped == null) {
      if (own == null) {
        throw missing(task, "sql", "write the query there, with a column date of the type DATE");
      }
      if (settings.table() != null) {
        throw surplus(task, "table", "name the table in sql");
      }
      return checked(task, own.strip().replaceFirst(";$", ""));
    }
    if (own != null) {
      throw surplus(task, "sql", "set api to bigquery for a query of your own");
    }
    if (settings.table() == null) {
      throw missing(
          task, "table", "set it to project, dataset and table, as docs/collection.md shows");
    }
    return checked(task, resource(shipped).replace(TABLE, "`" + settings.table() + "`"));
  }

  private static RowQuery checked(PullTask task, String sql) {
    boolean from = sql.contains("@from");
    if (from != sql.contains("@to")) {
      throw new IllegalArgumentException(
          "%s has only one of the parameters @from and @to: use both, or neither if each pull has all rows."
              .formatted(task.key("sql")));
    }
    return new RowQuery(sql, from);
  }

  private static IllegalArgumentException missing(PullTask task, String key, String fix) {
    return new IllegalArgumentException("%s is missing: %s.".formatted(task.key(key), fix));
  }

  private static IllegalArgumentException surplus(PullTask task, String key, String fix) {
    return new IllegalArgumentException(
        "%s has no use here: remove it, and %s.".formatted(task.key(key), fix));
  }

  private static String resource(String name) {
    try (InputStream in = RowQuery.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("query " + name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a query for each row's day and the row as JSON, with the names of its columns. */
  String rows() {
    return """
    SELECT result.date AS day, TO_JSON_STRING(result) AS record
    FROM (
    SELECT * REPLACE (CAST(date AS STRING) AS date)
    FROM (
    %s
    )
    ) AS result"""
        .formatted(sql);
  }
}
