package io.trendflow.jobs;

import io.trendflow.jobs.store.ArtifactStore;
import io.trendflow.model.ModelFile;
import io.trendflow.model.TrendModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Stores models as {@code model.json} among the artifacts. */
final class ModelStore {
  private ModelStore() {}

  /**
   * Writes a model.
   *
   * @return its path below the store
   */
  static String write(ArtifactStore artifacts, TrendModel model) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      ModelFile.write(model, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return artifacts.write(model.modelId(), "model.json", json.toString(StandardCharsets.UTF_8));
  }

  /**
   * Reads a model.
   *
   * @param path below the store
   * @throws IllegalArgumentException if the file does not exist or is not a model file of this
   *     version
   */
  static TrendModel read(ArtifactStore artifacts, String path) {
    byte[] json = artifacts.read(path).getBytes(StandardCharsets.UTF_8);
    try {
      return ModelFile.read(new ByteArrayInputStream(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
