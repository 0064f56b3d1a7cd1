package io.trendflow.jobs.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where tables and model files are kept: files below {@code path}, or tables in BigQuery with the
 * model files below {@code artifacts}.
 *
 * @param path folder of tables and model files, local or with a scheme such as {@code gs://}
 * @param project Google Cloud project of the datasets, which also pays for the queries
 * @param datasetPrefix what precedes the name of every dataset, such as {@code trendflow_}
 * @param location where the datasets lie, such as {@code EU} or {@code europe-west1}
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
        "path and project are both set: give path for files or project for BigQuery.");
    KeyValidation.that(
        path != null || project != null,
        "path is missing: give the folder of the tables, or project, location and artifacts for"
            + " BigQuery.");
    if (project == null) {
      KeyValidation.that(!String.valueOf(path).isBlank(), "path is empty, but must name a folder.");
      KeyValidation.that(
          datasetPrefix == null && location == null && artifacts == null,
          "path goes without dataset_prefix, location and artifacts: these are for BigQuery.");
    } else {
      KeyValidation.that(
          !project.isBlank(), "project is empty, but must name a Google Cloud project.");
      datasetPrefix = datasetPrefix == null ? "" : datasetPrefix;
      KeyValidation.that(
          PREFIX.matcher(datasetPrefix).matches(),
          "dataset_prefix is %s, but must be of letters, digits and underscores."
              .formatted(datasetPrefix));
      KeyValidation.that(
          location != null && !location.isBlank(),
          "location is missing, but must say where the datasets lie, such as EU.");
      KeyValidation.that(
          artifacts != null && !artifacts.isBlank(),
          "artifacts is missing, but must name the folder of the model files, such as"
              + " gs://bucket/trendflow.");
    }
  }

  /** The folder of the model files. */
  public String files() {
    return String.valueOf(path == null ? artifacts : path);
  }

  /** What a sentence calls it. */
  public String name() {
    return path == null ? "%s (prefix \"%s\")".formatted(project, datasetPrefix) : path;
  }
}
