package io.trendflow.jobs.review;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Opens the text of a keyword review, in a place where people can edit it. */
public final class ReviewText {
  private ReviewText() {}

  /**
   * Returns the path's file system. For a local file, without checksum files, which editors don't
   * update.
   */
  public static FileSystem files(Configuration hadoop, Path path) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }

  /**
   * Reads UTF-8, with or without a byte order mark.
   *
   * @throws IllegalArgumentException if the file does not exist or has another encoding
   */
  public static String read(Configuration hadoop, String file) {
    Path path = new Path(file);
    try (InputStream in = files(hadoop, path).open(path)) {
      return decoded(file, in.readAllBytes());
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          "features.keyword_review is %s, which does not exist: write it with bin/trendflow keywords, or remove the key."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  public static IllegalArgumentException refusal(String file, long line, String problem) {
    return new IllegalArgumentException(
        "Keyword review %s, line %d: %s".formatted(file, line, problem));
  }

  private static String decoded(String file, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      String before = new String(bytes, 0, buffer.position(), StandardCharsets.ISO_8859_1);
      long line = before.chars().filter(c -> c == '\n').count() + 1;
      throw refusal(file, line, "the text is not UTF-8: save the file as CSV UTF-8.");
    }
  }
}
