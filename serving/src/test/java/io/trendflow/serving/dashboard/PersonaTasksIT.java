package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/**
 * Walks what merchandisers and buyers come for, with the number of clicks that it may take, on
 * every width, in both colour schemes and languages.
 */
class PersonaTasksIT {
  private static final List<Integer> WIDTHS = List.of(Browser.PHONE, 1200, 1440);

  private static Path folder;
  private static TestServer server;
  private static Browser browser;

  private int clicks;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    StoreFolder store = Shop.publish(new StoreFolder(folder.resolve("store")));
    Shop.judge(store, "m1", "r-judged", 35);
    server = new TestServer(store);
    browser = new Browser(server, Files.createDirectory(folder.resolve("browser")));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    server.close();
  }

  @BeforeEach
  void asAtFirst() {
    browser.forget();
    browser.dark(false);
    clicks = 0;
  }

  static Stream<Arguments> looks() {
    return WIDTHS.stream()
        .flatMap(
            width ->
                Stream.of(PageLanguage.values())
                    .flatMap(
                        language ->
                            Stream.of(
                                Arguments.of(width, language, false),
                                Arguments.of(width, language, true))));
  }

  private void click(String selector) {
    browser.click(selector);
    clicks++;
  }

  private static void open(String path, int width, PageLanguage language, boolean dark) {
    browser.speak(language);
    browser.dark(dark);
    browser.size(width, 900);
    browser.open(path);
  }

  @ParameterizedTest
  @MethodSource("looks")
  void everyTaskTakesFewClicks(int width, PageLanguage language, boolean dark) throws Exception {
    open("/", width, language, dark);
    assertThat(visible("td.order b")).as("what to order, without a click").isNotEmpty();
    assertThat(visible("td.reason .why")).as("why, without a click").isNotEmpty();
    assertThat(browser.text("#summary div:nth-child(2) dd"))
        .as("what changed, without a click")
        .matches("(?s)0\\s+(since|depuis).*");

    click("select[name=market] option[value=uk]");
    browser.until(b -> b.text("#count").startsWith("60 "));
    assertThat(clicks).as("the first ten of a market").isEqualTo(1);
    assertThat(browser.all("td.rank").stream().limit(10).map(PersonaTasksIT::firstLine))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    browser.open("/");
    assertThat(browser.address()).as("the market is remembered").isEqualTo("/?market=uk");

    clicks = 0;
    click("tbody tr:first-child a.name");
    browser.until(b -> b.all(".waterfall").size() == 1);
    assertThat(clicks).as("why, in full").isEqualTo(1);
    click(".trail a");
    browser.until(b -> b.address().equals("/?market=uk"));

    clicks = 0;
    click(".sections a[href='/slowing']");
    browser.until(b -> b.address().equals("/slowing?market=uk"));
    assertThat(clicks).as("what slows down").isEqualTo(1);
    assertThat(browser.text("tbody tr:first-child td.extra b")).contains("−");

    browser.open("/");
    clicks = 0;
    click("#summary a[href='/results']");
    browser.until(b -> b.address().startsWith("/results"));
    assertThat(clicks).as("whether last month came true").isEqualTo(1);
    assertThat(browser.text("main")).containsPattern("\\d+ (of|sur) \\d+");

    browser.open("/");
    clicks = 0;
    Path file = folder.resolve("browser/recommendations-2011-08-31.xlsx");
    Files.deleteIfExists(file);
    click(".above a[href^='/recommendations.xlsx']");
    browser.until(b -> Files.exists(file));
    assertThat(clicks).as("to Excel").isEqualTo(1);
  }

  private static String firstLine(WebElement cell) {
    return cell.getText().lines().findFirst().orElse("");
  }

  private static List<WebElement> visible(String selector) {
    return browser.all(selector).stream().filter(WebElement::isDisplayed).toList();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void theFirstScreenShowsProducts(int width, PageLanguage language, boolean dark) {
    open("/?market=uk", width, language, dark);
    browser.assertNoWiderThanTheScreen();
    List<Long> tops = ends("top");
    if (width == Browser.PHONE) {
      assertThat(tops.get(0)).as("top of the first product").isLessThanOrEqualTo(400);
    }
    if (width == 1440) {
      assertThat(ends("bottom")).filteredOn(end -> end <= 900).hasSizeGreaterThanOrEqualTo(8);
    }
  }

  /** Returns the distances of the rows' tops or bottoms from the top of the page. */
  private static List<Long> ends(String side) {
    Object found =
        browser.script(
            "return [...document.querySelectorAll('.list tbody tr')].map(row =>"
                + " Math.round(row.getBoundingClientRect()."
                + side
                + "))");
    return ((List<?>) found).stream().map(end -> ((Number) end).longValue()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/launches",
        "/slowing",
        "/products/20000?market=uk",
        "/category?category=Lighting&market=uk",
        "/trends",
        "/buy",
        "/results",
        "/model",
        "/data"
      })
  void nothingJumpsWhileAPageLoads(String path) {
    for (int width : WIDTHS) {
      open(path, width, PageLanguage.ENGLISH, false);
      browser.until(b -> b.all("[data-chart]").size() == b.all("[data-drawn=true]").size());
      assertThat(((Number) browser.script(SHIFTS)).doubleValue())
          .as(path + " at " + width)
          .isLessThanOrEqualTo(0.05);
    }
  }

  /** Script that sums up how far the content jumped, as browsers measure it. */
  private static final String SHIFTS =
      "return new Promise(done => new PerformanceObserver(list => done(list.getEntries()"
          + ".reduce((sum, shift) => sum + shift.value, 0)))"
          + ".observe({type: 'layout-shift', buffered: true})"
          + " || setTimeout(() => done(0), 300))";

  @Test
  void aChoiceThatIsTakenBackIsForgotten() {
    browser.size(1200, 900);
    browser.speak(PageLanguage.ENGLISH);
    browser.open("/?market=uk&sort=growth");
    browser.open("/");
    assertThat(browser.address()).isEqualTo("/?market=uk&sort=growth");
    browser.open("/buy");
    assertThat(browser.address()).isEqualTo("/buy?market=uk");
    browser.open("/?market=&sort=potential");
    browser.open("/");
    assertThat(browser.address()).isEqualTo("/");
  }
}
