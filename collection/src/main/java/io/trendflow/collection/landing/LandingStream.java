package io.trendflow.collection.landing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Stream into an unfinished file, which becomes visible when the stream is closed. */
public final class LandingStream extends FilterOutputStream {
  /** Closes the unfinished file and gives it its name. */
  public interface Finish {
    void run() throws IOException;
  }

  private final Finish finish;
  private boolean closed;

  /**
   * Creates a stream.
   *
   * @param finish runs once, at the first close
   */
  public LandingStream(OutputStream out, Finish finish) {
    super(out);
    this.finish = finish;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      finish.run();
    }
  }
}
