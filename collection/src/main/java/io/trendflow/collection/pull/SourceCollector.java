package io.trendflow.collection.pull;

/** Collector of one kind of source. */
public interface SourceCollector {
  /**
   * Pulls what is due and lands it.
   *
   * @throws io.trendflow.collection.web.CollectionException if the pull failed; what it landed is
   *     not read
   * @throws IllegalArgumentException if the settings are not valid
   */
  PullReport collect(PullTask task);
}
