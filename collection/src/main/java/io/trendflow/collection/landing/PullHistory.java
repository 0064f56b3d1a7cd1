package io.trendflow.collection.landing;

import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.PullManifest.PullDays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finished pulls of a source, from their manifests. */
public final class PullHistory {
  private static final String PREFIX = "pulled_at=";

  /** Ingestion leaves out names that begin with a dot. */
  private static final String CLAIM = ".begun";

  private final LandingStore store;
  private final String source;
  private final List<PullManifest> pulls;

  private PullHistory(LandingStore store, String source, List<PullManifest> pulls) {
    this.store = store;
    this.source = source;
    this.pulls = pulls;
  }

  /**
   * Reads the manifests of a source.
   *
   * @throws IllegalArgumentException if a manifest is not valid
   */
  public static PullHistory of(LandingStore store, String source) {
    try {
      List<PullManifest> pulls = new ArrayList<>();
      for (String folder : store.folders(source)) {
        Optional<byte[]> json = store.read(source + "/" + folder + "/" + PullManifest.FILE);
        if (json.isPresent()) {
          pulls.add(PullManifest.parse(json.get()));
        }
      }
      pulls.removeIf(pull -> !pull.complete());
      pulls.sort(Comparator.comparing(PullManifest::pulledAt));
      return new PullHistory(store, source, pulls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String folder(String source, Instant pulledAt) {
    return source + "/" + PREFIX + pulledAt + "/";
  }

  public List<PullManifest> pulls() {
    return List.copyOf(pulls);
  }

  public Optional<PullManifest> latest() {
    return pulls.isEmpty() ? Optional.empty() : Optional.of(pulls.get(pulls.size() - 1));
  }

  /** Returns the last day that a pull has in full. */
  public Optional<LocalDate> watermark() {
    return pulls.stream()
        .filter(pull -> pull.days() != null)
        .flatMap(pull -> pull.days().stream())
        .map(PullDays::to)
        .max(Comparator.naturalOrder());
  }

  /** Returns the counts that the latest pull has seen. */
  public Map<String, Long> seen() {
    return latest().map(PullManifest::seen).orElse(Map.of());
  }

  /** Starts a pull in a folder of its own, even if another one starts at the same time. */
  public PullWriter begin(Instant now) {
    Instant pulledAt = now.truncatedTo(ChronoUnit.SECONDS);
    try {
      while (!store.claim(folder(source, pulledAt) + CLAIM)) {
        pulledAt = pulledAt.plusSeconds(1);
      }
      return new PullWriter(store, source, pulledAt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
