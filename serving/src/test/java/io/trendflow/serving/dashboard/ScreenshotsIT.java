package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.SecurityHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the screenshots in docs/images from the store that TRENDFLOW_SCREENSHOTS names; otherwise
 * those of a small shop, which are kept in target only.
 */
class ScreenshotsIT {
  private static final int MOST_BYTES = 300_000;

  @Test
  void thePagesHaveTheirPictures(@TempDir Path folder) throws Exception {
    String demo = System.getenv("TRENDFLOW_SCREENSHOTS");
    StoreFolder store =
        demo == null
            ? Shop.publish(new StoreFolder(folder.resolve("store")))
            : new StoreFolder(Path.of("..").resolve(demo));
    Path images = Path.of(demo == null ? "target/images" : "../docs/images");
    Files.createDirectories(images);
    try (TestServer server = new TestServer(store);
        Browser browser = new Browser(server, Files.createDirectory(folder.resolve("browser")))) {
      browser.size(1440, 900);
      browser.open("/?market=uk");
      assertThat(browser.all("a.name")).as("products of " + store.path()).isNotEmpty();
      String product = browser.find("a.name").getDomAttribute("href");
      String launch = launch(browser, String.valueOf(product));
      Map<String, String> pages = new LinkedHashMap<>();
      for (String name :
          List.of("launches", "slowing", "trends", "buy", "results", "model", "data")) {
        pages.put(name, "/" + name);
      }
      pages.put("dashboard", "/?market=uk");
      pages.put("product", String.valueOf(product));
      pages.put("launch", launch);
      pages.put("category", category(browser, String.valueOf(product)));
      boolean reported = demo != null; // the demo's job has written a report
      if (reported) {
        pages.put("report", SecurityHeaders.REPORT);
      }
      for (Map.Entry<String, String> page : pages.entrySet()) {
        take(browser, page.getValue(), images.resolve(page.getKey() + ".png"));
      }
      browser.size(Browser.PHONE, 844);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        take(browser, page.getValue(), images.resolve("phone-" + page.getKey() + ".png"));
      }
      if (reported) {
        browser.assertAccessible(); // the report, which is a file of the jobs
      }
      browser.dark(true);
      browser.speak(PageLanguage.FRENCH);
      take(browser, "/?market=uk", images.resolve("phone-dark-fr.png"));
      browser.size(Browser.DESK, 800);
      take(browser, String.valueOf(product), images.resolve("product-dark-fr.png"));
      if (reported) {
        take(browser, SecurityHeaders.REPORT, images.resolve("report-dark.png"));
        browser.assertAccessible();
      }
    }
  }

  /** Returns the address of the first launch; of another product in a shop without one. */
  private static String launch(Browser browser, String otherwise) {
    browser.open("/launches");
    return browser.all("a.name").isEmpty()
        ? otherwise
        : String.valueOf(browser.find("a.name").getDomAttribute("href"));
  }

  private static String category(Browser browser, String product) {
    browser.open(product);
    return String.valueOf(browser.find("a[href^='/category?']").getDomAttribute("href"));
  }

  private static void take(Browser browser, String page, Path file) throws Exception {
    browser.open(page);
    browser.until(b -> b.all("[data-chart]").size() == b.all("[data-drawn=true]").size());
    byte[] image = browser.screenshot();
    assertThat(image).as(file.toString()).hasSizeLessThan(MOST_BYTES);
    Files.write(file, image);
  }
}
