package io.trendflow.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Views of the visible rows of a commit table, with the table's columns. Their SQL is the rule of
 * {@link Visibility} and runs in BigQuery and DuckDB; its first line is a comment that describes
 * the view.
 */
public enum CommitView {
  VISIBLE_INGESTS(Table.INGESTS),
  VISIBLE_RUNS(Table.RUNS);

  private static final String PLACEHOLDER = "${table}";

  private final Table table;
  private final String sql;

  CommitView(Table table) {
    this.table = table;
    this.sql = read(table.dataset() + "/" + view() + ".sql");
  }

  /** Returns the commit table. */
  public Table table() {
    return table;
  }

  /** Returns the view's name inside its dataset, which is the commit table's. */
  public String view() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the description, one sentence. */
  public String description() {
    return sql.lines().findFirst().orElseThrow().substring("-- ".length());
  }

  /**
   * Returns the query.
   *
   * @param tableName the commit table's name, quoted if the database requires it
   */
  public String sql(String tableName) {
    return sql.replace(PLACEHOLDER, tableName);
  }

  @Override
  public String toString() {
    return table.dataset() + "." + view();
  }

  private static String read(String resource) {
    try (InputStream in = CommitView.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("view " + resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("view " + resource + " cannot be read", e);
    }
  }
}
