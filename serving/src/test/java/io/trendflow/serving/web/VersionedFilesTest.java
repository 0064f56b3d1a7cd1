package io.trendflow.serving.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the files of libraries and of the page that shows the description of the API. */
class VersionedFilesTest {
  @Test
  void aFileOfThePagesIsKeptByTheHashOfItsContentOnly(@TempDir Path folder) {
    try (TestServer server = new TestServer(Shop.publish(new StoreFolder(folder)))) {
      String kept = "public, max-age=31536000, immutable";
      String address = StaticFiles.address("dashboard.css");
      assertThat(server.get("/data").body()).contains("href=\"" + address + "\"");
      assertThat(server.get(address).headers().allValues("Cache-Control")).containsExactly(kept);
      for (String other :
          List.of("/static/dashboard.css", "/static/dashboard.css?v=0000000000000000")) {
        assertThat(server.get(other).statusCode()).isEqualTo(200);
        assertThat(server.get(other).headers().allValues("Cache-Control")).doesNotContain(kept);
      }
    }
  }

  @Test
  void filesOfLibrariesAreKeptForAYearAndMissingOnesAreNot(@TempDir Path folder) {
    try (TestServer server = new TestServer(Shop.publish(new StoreFolder(folder)))) {
      String page = server.get("/docs/index.html").body();
      Pattern.compile("/webjars/[^\"]+")
          .matcher(page)
          .results()
          .forEach(
              file -> {
                HttpResponse<String> response = server.get(file.group());
                assertThat(response.statusCode()).as(file.group()).isEqualTo(200);
                assertThat(response.headers().allValues("Cache-Control"))
                    .containsExactly("public, max-age=31536000, immutable");
              });
      assertThat(server.get("/webjars/nothing/1.0/no.js").headers().firstValue("Cache-Control"))
          .isNotEqualTo("public, max-age=31536000, immutable");
      assertThat(page).contains("<a href=\"/\">", "name=\"color-scheme\"");
      assertThat(server.get("/docs/show.js").body()).contains("prefers-color-scheme: dark");
      assertThat(server.get("/docs/page.css").statusCode()).isEqualTo(200);
      assertThat(server.get("/webjars/swagger-ui/5.32.0/swagger-ui.css").body())
          .contains("html.dark-mode");
    }
  }
}
