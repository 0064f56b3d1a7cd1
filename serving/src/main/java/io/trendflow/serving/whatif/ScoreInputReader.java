package io.trendflow.serving.whatif;

import io.trendflow.model.ModelFile;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import io.trendflow.serving.snapshot.Model;
import io.trendflow.serving.store.RowSelection;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.UnreadableException;
import io.trendflow.serving.store.Warehouse;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the model of a score and its inputs. Keeps the latest model and the latest scores, because
 * a question is usually followed by another one about the same product.
 */
@Singleton
final class ScoreInputReader {
  private static final int MOST_KEPT = 100;

  private final Warehouse warehouse;
  private final Map<List<String>, PlannedScore> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<List<String>, PlannedScore> eldest) {
              return size() > MOST_KEPT;
            }
          });
  private @Nullable TrendModel latest;

  ScoreInputReader(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Returns a score with its inputs.
   *
   * @throws ProblemException status 409 if the run has no inputs, 503 if the store can't be read
   */
  PlannedScore read(ScoreRecord score, Model model) {
    List<String> key = List.of(score.runId(), score.market(), score.productId());
    PlannedScore known = kept.get(key);
    if (known == null) {
      known = readAnew(score, model);
      kept.put(key, known);
    }
    return known;
  }

  private PlannedScore readAnew(ScoreRecord score, Model model) {
    try {
      List<ScoreInputRecord> rows = new ArrayList<>();
      warehouse.read(
          RowSelection.batches(Table.SCORE_INPUTS, List.of(score.runId()))
              .where("product_id", List.of(score.productId()))
              .where("market", List.of(score.market())),
          ScoreInputRecord.class,
          rows::add);
      if (rows.isEmpty()) {
        throw ProblemException.conflict(
            "The latest run was scored before its model could answer what-ifs: run score with --force, or wait for the next run.");
      }
      return new PlannedScore(score, rows.get(0), model(model));
    } catch (UnreadableException e) {
      throw ProblemException.unreadable("inputs of the score", e);
    }
  }

  private synchronized TrendModel model(Model model) throws UnreadableException {
    TrendModel known = latest;
    if (known == null || !known.modelId().equals(model.modelId())) {
      byte[] file = warehouse.artifact(model.file("model.json"));
      try {
        known = ModelFile.read(new ByteArrayInputStream(file));
      } catch (IOException | IllegalArgumentException e) {
        throw new UnreadableException(Objects.toString(e.getMessage()), e);
      }
      latest = known;
    }
    return known;
  }
}
