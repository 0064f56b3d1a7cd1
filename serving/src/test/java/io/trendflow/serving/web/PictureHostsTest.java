package io.trendflow.serving.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which pictures pages may load. */
class PictureHostsTest {
  @Test
  void anAddressOfANamedHostIsAllowed() {
    PictureHosts hosts = new PictureHosts("cdn.example.com, IMG.example.com");
    assertThat(hosts.allowed("https://cdn.example.com/a b.jpg".replace(" ", "%20")))
        .isEqualTo("https://cdn.example.com/a%20b.jpg");
    assertThat(hosts.allowed("https://img.example.com/1.jpg?w=80")).isNotNull();
    assertThat(hosts.policy()).isEqualTo(" https://cdn.example.com https://img.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://cdn.example.com/1.jpg",
        "https://cdn.example.com.evil.example/1.jpg",
        "https://evil.example/cdn.example.com",
        "https://cdn.example.com@evil.example/1.jpg",
        "https://user@cdn.example.com/1.jpg",
        "https://cdn.example.com:8443/1.jpg",
        "//cdn.example.com/1.jpg",
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "not an address"
      })
  void anyOtherAddressIsNot(String address) {
    assertThat(new PictureHosts("cdn.example.com").allowed(address)).isNull();
    assertThat(new PictureHosts("").allowed(address)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://cdn.example.com", "*", "'unsafe-inline'", "a.example; b", "a,,b"})
  void aSettingThatIsNotAHostStopsTheStart(String setting) {
    assertThatThrownBy(() -> new PictureHosts(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trendflow.pictures.hosts has '")
        .hasMessageContaining("such as cdn.example.com");
  }
}
