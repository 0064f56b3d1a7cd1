package io.trendflow.collection.shopify;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, as bytes with their line break. */
final class LineBytes {
  private static final int BREAK = '\n';

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineBytes(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** Returns the next line; null at the end. */
  byte @Nullable [] next() throws IOException {
    line.reset();
    for (int one = in.read(); one >= 0; one = in.read()) {
      line.write(one);
      if (one == BREAK) {
        return line.toByteArray();
      }
    }
    return line.size() == 0 ? null : line.toByteArray();
  }
}
