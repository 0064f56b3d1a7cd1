package io.trendflow.ingestion.init;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.util.List;

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
    return TRIED.stream().filter(name -> isValid(bytes, name)).findFirst().orElse("ISO-8859-1");
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
