package io.trendflow.ingestion.raw;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Fails if a packed file unpacks to so much more than its size that it must be corrupt or made to
 * fill the memory.
 */
final class ExpansionGuard extends FilterInputStream {
  /** Number of unpacked bytes that is always allowed. */
  static final long ALWAYS = 64L << 20;

  /**
   * Text tables usually compress to a tenth; data that compresses more than this has almost no
   * content.
   */
  static final long MOST_TIMES = 400;

  private final long limit;
  private long read;

  ExpansionGuard(InputStream in, long packed) {
    super(in);
    this.limit = Math.max(ALWAYS, packed * MOST_TIMES);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    read += Math.max(n, 0);
    check(read, limit);
    return n;
  }

  /** Fails if more bytes were unpacked than a limit allows. */
  static void check(long unpacked, long limit) throws ZipException {
    if (unpacked > limit) {
      throw new ZipException(
          "it unpacks to more than " + MOST_TIMES + " times its size; unpack it first");
    }
  }
}
