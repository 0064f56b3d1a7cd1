package io.trendflow.ingestion.init;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guess of a text's encoding from its bytes. It stays by hand: juniversalchardet 2.5.0 takes
 * "Größe" in windows-1252 for Greek, and the exports of shops are short.
 */
final class EncodingGuess {
  /** Encoding of a text without any character that encodings write differently. */
  static final String ASCII = "US-ASCII";

  private static final List<String> TRIED = List.of(ASCII, "UTF-8", "windows-1252");

  private EncodingGuess() {}

  /** Returns the first encoding that the bytes are valid in; they may end within a character. */
  static String of(byte[] bytes) {
    if (bytes.length > 1 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe) {
      return "UTF-16";
    }
    String wide = withoutMark(bytes);
    if (wide != null) {
      return wide;
    }
    return TRIED.stream().filter(name -> isValid(bytes, name)).findFirst().orElse("ISO-8859-1");
  }

  /** Returns UTF-16 if every second byte of the beginning is zero, as in unmarked Latin text. */
  private static @Nullable String withoutMark(byte[] bytes) {
    int pairs = Math.min(bytes.length, 512) / 2;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < pairs; i++) {
      even += bytes[2 * i] == 0 ? 1 : 0;
      odd += bytes[2 * i + 1] == 0 ? 1 : 0;
    }
    if (pairs < 2 || even + odd < pairs * 0.6 || Math.min(even, odd) > 0) {
      return null;
    }
    return even > odd ? "UTF-16BE" : "UTF-16LE";
  }

  private static boolean isValid(byte[] bytes, String encoding) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(1 << 13);
    var decoder = Charset.forName(encoding).newDecoder();
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, false);
    }
    return !result.isError();
  }
}
