package io.trendflow.collection.landing;

import io.trendflow.schemas.PullManifest;
import io.trendflow.schemas.PullManifest.PullDays;
import io.trendflow.schemas.PullManifest.PulledFile;
import io.trendflow.schemas.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writer of a pull: its files one after the other, then its manifest. A pull that ends before has
 * no manifest and is never read.
 */
public final class PullWriter {
  /** Content of a file. */
  public interface FileContent<T> {
    T writeTo(OutputStream out) throws IOException;
  }

  private final LandingStore store;
  private final String source;
  private final Instant pulledAt;
  private final String folder;
  private final List<PulledFile> files = new ArrayList<>();

  PullWriter(LandingStore store, String source, Instant pulledAt) {
    this.store = store;
    this.source = source;
    this.pulledAt = pulledAt;
    this.folder = PullHistory.folder(source, pulledAt);
  }

  public Instant pulledAt() {
    return pulledAt;
  }

  /** Returns the number of files written. */
  public int pages() {
    return files.size();
  }

  /** Writes the next page, a JSON document. */
  public void page(byte[] json) {
    file(
        "json",
        out -> {
          out.write(json);
          return json;
        });
  }

  /**
   * Writes the next file, compressed. If writing it fails, the next attempt writes it again.
   *
   * @param extension the name's ending, such as {@code jsonl}
   */
  public <T> T file(String extension, FileContent<T> content) {
    String name = "page-%05d.%s.gz".formatted(files.size() + 1, extension);
    MessageDigest digest = Sha256.digest();
    CountedStream counted;
    T result;
    try (OutputStream stored = store.create(folder + name)) {
      counted = new CountedStream(stored, digest);
      GZIPOutputStream packed = new GZIPOutputStream(counted, 1 << 16);
      result = content.writeTo(packed);
      packed.finish();
      packed.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.add(new PulledFile(name, counted.bytes, Sha256.hex(digest)));
    return result;
  }

  /** Writes the manifest, after which the pull is read. */
  public PullManifest seal(
      long records,
      long requests,
      @Nullable List<PullDays> days,
      String api,
      String requestHash,
      String codeVersion,
      Map<String, Long> seen) {
    PullManifest manifest =
        new PullManifest(
            source,
            pulledAt,
            true,
            records,
            requests,
            days,
            List.copyOf(files),
            api,
            requestHash,
            codeVersion,
            seen.isEmpty() ? null : seen);
    try (OutputStream out = store.create(folder + PullManifest.FILE)) {
      out.write(manifest.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return manifest;
  }

  private static final class CountedStream extends FilterOutputStream {
    private final MessageDigest digest;
    private long bytes;

    CountedStream(OutputStream out, MessageDigest digest) {
      super(out);
      this.digest = digest;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      digest.update(buffer, offset, length);
      bytes += length;
    }
  }
}
