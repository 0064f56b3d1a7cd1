package io.trendflow.serving.decision;

import io.micronaut.context.annotation.Value;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.serving.store.UnreadableException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Decisions in the store folder, each in a Parquet file of its own, laid out by {@link
 * TableLayout}. The file is complete and on the disk before its folder gets the name under which it
 * is read.
 */
@Singleton
final class FolderDecisions implements DecisionStore {
  private static final String ROW =
      "CREATE TABLE t (decision_id VARCHAR, decided_at TIMESTAMPTZ, decided_on DATE,"
          + " decided_by VARCHAR, run_id VARCHAR, market VARCHAR, product_id VARCHAR,"
          + " action VARCHAR, units DOUBLE, override_units DOUBLE, reason_code VARCHAR,"
          + " note VARCHAR, undoes VARCHAR)";

  private final Path store;

  FolderDecisions(@Value("${trendflow.store.path:}") String path) {
    store = Path.of(path).toAbsolutePath();
  }

  @Override
  public void add(Decision decision) throws UnreadableException {
    Path folder = store.resolve(TableLayout.folder(Table.DECISIONS, decision.decisionId()));
    Path unfinished =
        store
            .resolve(TableLayout.unfinished(Table.DECISIONS))
            .resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(unfinished);
      Path file = unfinished.resolve("part-00000.parquet");
      write(decision, file);
      sync(file);
      sync(unfinished);
      if (!Files.exists(folder)) {
        move(unfinished, folder);
        sync(folder.resolveSibling(""));
      }
    } catch (IOException | SQLException e) {
      throw new UnreadableException("the decision can't be written to the store", e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(to)) { // else another process added the same decision in the meantime
        throw e;
      }
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void write(Decision decision, Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(ROW);
      try (PreparedStatement row =
          connection.prepareStatement("INSERT INTO t VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
        row.setString(1, decision.decisionId());
        row.setObject(2, decision.decidedAt().atOffset(ZoneOffset.UTC));
        row.setObject(3, decision.decidedOn());
        row.setString(4, decision.decidedBy());
        row.setString(5, decision.runId());
        row.setString(6, decision.market());
        row.setString(7, decision.productId());
        row.setString(8, decision.action());
        row.setObject(9, decision.units());
        row.setObject(10, decision.overrideUnits());
        row.setString(11, decision.reasonCode());
        row.setString(12, decision.note());
        row.setString(13, decision.undoes());
        row.execute();
      }
      statement.execute("COPY t TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet)");
    }
  }
}
