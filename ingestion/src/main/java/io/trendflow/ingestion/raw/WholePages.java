package io.trendflow.ingestion.raw;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses Parquet pages and fails if a page is shorter than its header states. Parquet's own
 * reader never ends on such a page, because its streams then return 0 bytes instead of their end.
 */
final class WholePages implements CompressionCodecFactory {
  private final Codecs codecs;

  WholePages(Configuration hadoop) {
    this.codecs = new Codecs(hadoop);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return codecs.getCompressor(name);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    BytesInputDecompressor usual = codecs.getDecompressor(name);
    CompressionCodec codec = codecs.named(name);
    return codec == null ? usual : new WholePage(usual, codec);
  }

  @Override
  public void release() {
    codecs.release();
  }

  private static final class Codecs extends CodecFactory {
    Codecs(Configuration hadoop) {
      super(hadoop, 0);
    }

    /** Returns the codec; null if the data is not compressed. */
    @Nullable CompressionCodec named(CompressionCodecName name) {
      return getCodec(name);
    }
  }

  private record WholePage(BytesInputDecompressor usual, CompressionCodec codec)
      implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      byte[] page = new byte[size];
      try (InputStream in = codec.createInputStream(bytes.toInputStream())) {
        for (int read = 0; read < size; ) {
          int more = in.read(page, read, size - read);
          if (more <= 0) {
            throw new EOFException("a page has " + read + " bytes instead of " + size);
          }
          read += more;
        }
      }
      return BytesInput.from(page);
    }

    @Override
    public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size)
        throws IOException {
      usual.decompress(input, compressedSize, output, size);
    }

    @Override
    public void release() {
      usual.release();
    }
  }
}
