package io.trendflow.collection;

import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.PullManifest.PulledFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Files of the latest finished pull of a source. */
final class LandedPull {
  private LandedPull() {}

  /** Returns the text of each file, in the order of the manifest. */
  static List<String> texts(Path raw, String source) throws IOException {
    PullManifest pull = PullHistory.of(new LocalLanding(raw), source).latest().orElseThrow();
    List<String> texts = new ArrayList<>();
    for (PulledFile file : pull.files()) {
      texts.add(text(raw.resolve(source + "/pulled_at=" + pull.pulledAt()).resolve(file.name())));
    }
    return texts;
  }

  /** Returns the text of a file, unpacked. */
  static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      boolean packed = file.toString().endsWith(".gz");
      return new String(
          (packed ? new GZIPInputStream(in) : in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
