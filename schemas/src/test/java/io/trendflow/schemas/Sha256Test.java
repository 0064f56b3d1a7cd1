package io.trendflow.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

class Sha256Test {
  /** Test vector of FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void aTextHasThePublishedDigest() {
    assertThat(Sha256.hex("abc")).isEqualTo(ABC);
    assertThat(Sha256.shortId("abc")).isEqualTo(ABC.substring(0, 16));
  }

  @Test
  void contentThatComesInPiecesHasTheSameDigest() {
    MessageDigest digest = Sha256.digest();
    digest.update("a".getBytes(UTF_8));
    digest.update("bc".getBytes(UTF_8));
    assertThat(Sha256.hex(digest)).isEqualTo(ABC);
  }

  @Test
  void whereAPartEndsCounts() {
    assertThat(Sha256.shortId(List.of("a", "bc")))
        .isNotEqualTo(Sha256.shortId(List.of("ab", "c")))
        .isNotEqualTo(Sha256.shortId(List.of("abc")))
        .isEqualTo(Sha256.shortId("1:a2:bc"));
  }
}
