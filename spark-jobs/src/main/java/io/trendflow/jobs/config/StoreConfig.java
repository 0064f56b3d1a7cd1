package io.trendflow.jobs.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Location of tables and model files: files below {@code path}, or tables in BigQuery with the
 * model files below {@code artifacts}.
 *
 * @param path folder of tables and model files, local or with a scheme such as {@code gs://}
 * @param project Google Cloud project of the datasets, which also pays for the queries
 * @param datasetPrefix prefix of every dataset's name, such as {@code trendflow_}
 * @param location BigQuery location of the datasets, such as {@code EU} or {@code europe-west1}
 * @param artifacts folder of the model files
 */
public record StoreConfig(
    @Nullable String path,
    @Nullable String project,
    @Nullable String datasetPrefix,
    @Nullable String location,
    @Nullable String artifacts) {
  private static final Pattern PREFIX = Pattern.compile("\\w*");

  public StoreConfig {
    KeyValidation.that(
        path == null || project == null,
        "path and project are both set: set only path for files or only project for BigQuery.");
    KeyValidation.that(
        path != null || project != null,
        "path is missing: set it to the folder of the tables, or set project, location and artifacts for"
            + " BigQuery.");
    if (project == null) {
      KeyValidation.that(!String.valueOf(path).isBlank(), "path is empty: set it to a folder.");
      KeyValidation.that(
          datasetPrefix == null && location == null && artifacts == null,
          "path is set together with dataset_prefix, location or artifacts, which are for BigQuery: remove them.");
    } else {
      KeyValidation.that(!project.isBlank(), "project is empty: set it to a Google Cloud project.");
      datasetPrefix = datasetPrefix == null ? "" : datasetPrefix;
      KeyValidation.that(
          PREFIX.matcher(datasetPrefix).matches(),
          "dataset_prefix is %s, but must consist of letters, digits and underscores."
              .formatted(datasetPrefix));
      KeyValidation.that(
          location != null && !location.isBlank(),
          "location is missing: set it to the datasets' BigQuery location, for example EU.");
      KeyValidation.that(
          artifacts != null && !artifacts.isBlank(),
          "artifacts is missing: set it to the folder of the model files, for example"
              + " gs://bucket/trendflow.");
    }
  }

  /** Returns the folder of the model files. */
  public String files() {
    return String.valueOf(path == null ? artifacts : path);
  }

  /** Returns the store's name for messages. */
  public String name() {
    return path == null ? "%s (prefix \"%s\")".formatted(project, datasetPrefix) : path;
  }
}
