package io.trendflow.ingestion.init;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.util.List;

/** Guesses the encoding of a text by its bytes. */
final class EncodingGuess {
  /** Encoding of text that has the same bytes in all tried encodings. */
  static final String ASCII = "US-ASCII";

  private static final List<String> TRIED = List.of(ASCII, "UTF-8", "windows-1252");

  private EncodingGuess() {}

  /** Returns the first encoding in which the bytes are valid; they may end within a character. */
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
