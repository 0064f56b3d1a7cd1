package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.CallerAccessTest;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Tests of the dashboard in a real browser. */
class DashboardIT {
  private static final String PRODUCT = "/products/20000?market=uk";

  /** URLs of every page in each of its states. */
  private static final List<String> PAGES =
      List.of(
          "/?limit=10",
          "/?market=uk&lifecycle=delayed",
          "/launches",
          "/slowing",
          "/results",
          "/compare?products=20000,20037",
          PRODUCT,
          "/products/dormant-1",
          "/products/soon-1",
          "/category?category=Lighting&market=uk",
          "/brand?brand=Brocante&market=de",
          "/buy",
          "/buy?market=uk&budget=100",
          "/trends",
          "/model",
          "/data",
          "/?lifecycle=old",
          "/nix",
          "/login");

  private static Path folder;
  private static TestServer server;
  private static Browser browser;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    StoreFolder store = Shop.publish(new StoreFolder(folder.resolve("store")));
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
  void english() {
    browser.forgetLog();
    browser.forget();
    browser.speak(PageLanguage.ENGLISH);
  }

  @AfterEach
  void asBefore() {
    browser.scripts(true);
    browser.printed(false);
    browser.dark(false);
    browser.size(Browser.DESK, 800);
  }

  static Stream<Arguments> looks() {
    return PAGES.stream()
        .flatMap(
            path ->
                Stream.of(
                    Arguments.of(path, PageLanguage.ENGLISH, false, Browser.DESK),
                    Arguments.of(path, PageLanguage.FRENCH, true, Browser.PHONE)));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void axeFindsNothingSerious(String path, PageLanguage language, boolean dark, int width) {
    browser.speak(language);
    browser.dark(dark);
    browser.size(width, 800);
    browser.open(path);
    browser.assertAccessible();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void theDigestIsReadable(String language) {
    for (int width : new int[] {Browser.PHONE, 1200}) {
      browser.size(width, 800);
      browser.open(Path.of("../docs/digest-" + language + ".html"));
      assertThat(browser.language()).isEqualTo(language);
      browser.assertAccessible();
      browser.assertNoWiderThanTheScreen();
    }
  }

  /** Tests that each check finds the problem that it is for. */
  @Test
  void theChecksSeeWhatIsWrong() {
    browser.open("/data");
    browser.script("document.querySelector('h1').setAttribute('style', 'width: 3000px'); return 1");
    assertThatThrownBy(browser::assertQuiet).hasMessageContaining("Content Security Policy");
    browser.script("document.querySelector('h1').style.width = '3000px'; return 1");
    assertThatThrownBy(browser::assertNoWiderThanTheScreen).isInstanceOf(AssertionError.class);
    browser.script("document.querySelector('.lead').style.color = 'silver'; return 1");
    browser.script("document.querySelector('.languages button').textContent = ''; return 1");
    assertThatThrownBy(browser::assertAccessible)
        .hasMessageContainingAll("color-contrast", "button-name");
  }

  @Test
  void noPageIsWiderThanAPhone() {
    browser.size(Browser.PHONE, 800);
    for (String path : PAGES) {
      browser.open(path);
      browser.assertNoWiderThanTheScreen();
    }
    browser.speak(PageLanguage.FRENCH);
    browser.size(320, 800); // the narrowest of WCAG's reflow
    browser.open("/");
    browser.assertNoWiderThanTheScreen();
    browser.open(PRODUCT);
    browser.assertNoWiderThanTheScreen();
  }

  @Test
  void aPhoneShowsWhichSectionAPageIsOf() {
    browser.size(Browser.PHONE, 800);
    for (String path : List.of("/", "/results", "/model", "/data")) {
      browser.open(path);
      Object seen =
          browser.script(
              "const place = document.querySelector('.sections [aria-current]')"
                  + ".getBoundingClientRect(); return place.left >= 0 && place.right <= innerWidth");
      assertThat(seen).as(path).isEqualTo(true);
    }
  }

  @Test
  void everyPageIsQuiet() {
    for (String path : PAGES) {
      browser.open(path);
      if (path.equals("/nix") || path.equals("/?lifecycle=old")) {
        browser.forgetLog(); // it contains the error status of the page
      } else {
        browser.assertQuiet();
      }
    }
  }

  @Test
  void theListIsFilteredSearchedSortedAndPaged() {
    browser.open("/");
    assertThat(browser.text("#count")).isEqualTo("120 products");
    choose("market", "uk");
    browser.until(b -> b.text("#count").equals("60 products"));
    assertThat(browser.address()).isEqualTo("/?market=uk");
    assertThat(browser.find("#status").getDomProperty("textContent")).isEqualTo("60 products");

    browser.find("#q").sendKeys("lantern");
    browser.until(b -> b.address().equals("/?market=uk&q=lantern"));
    assertThat(browser.all("a.name"))
        .allSatisfy(name -> assertThat(name.getText()).contains("Lantern"));
    assertThat(browser.focused().getDomAttribute("id")).isEqualTo("q");
    browser.find("#q").clear();
    browser.find("#q").sendKeys(Keys.ENTER);
    browser.until(b -> b.text("#count").equals("60 products"));

    browser.click("thead th:nth-child(5) a");
    browser.until(b -> b.text("th[aria-sort=descending]").startsWith("Expected"));
    assertThat(browser.address()).isEqualTo("/?market=uk&sort=expected_units");
    assertThat(browser.find("select[name=sort]").getDomProperty("value"))
        .isEqualTo("expected_units");
    List<Double> units = shownUnits();
    assertThat(units).hasSize(50).isSortedAccordingTo((a, b) -> Double.compare(b, a));

    browser.click("#next");
    browser.until(b -> b.text(".paging").contains("51 – 60 of 60"));
    assertThat(shownUnits().get(0)).isLessThanOrEqualTo(units.get(49));
    browser.click("#previous");
    browser.until(b -> b.text(".paging").contains("1 – 50 of 60"));
    assertThat(shownUnits()).isEqualTo(units);
    browser.assertQuiet();
  }

  private static List<Double> shownUnits() {
    return browser.all(".list .expected .figures b").stream()
        .map(WebElement::getText)
        .map(text -> Double.valueOf(text.replace(",", "")))
        .toList();
  }

  private static void choose(String filter, String value) {
    browser.click("select[name=" + filter + "] option[value='" + value + "']");
  }

  /** Script that returns the texts of filters and buttons that have not enough room. */
  private static final String CUT =
      """
      const pen = document.createElement('canvas').getContext('2d');
      const shown = element => element.getClientRects().length > 0;
      const roomless = field => {
        const style = getComputedStyle(field);
        pen.font = style.fontWeight + ' ' + style.fontSize + ' ' + style.fontFamily;
        const text = field.value ? '' : field.placeholder ?? field.selectedOptions[0].text;
        const room = field.clientWidth - parseFloat(style.paddingLeft)
            - parseFloat(style.paddingRight);
        return pen.measureText(text).width > room ? text : null;
      };
      const wrapped = label => {
        const text = document.createRange();
        text.selectNodeContents(label);
        const lines = new Set([...text.getClientRects()].map(line => Math.round(line.bottom)));
        return Math.max(...lines) - Math.min(...lines) > 8 || label.scrollWidth > label.clientWidth
            ? label.textContent.trim() : null;
      };
      return [...[...document.querySelectorAll('#filters select, #filters input')]
            .filter(shown).map(roomless),
          ...[...document.querySelectorAll('#filters .button, .above .button, .sections a')]
            .filter(shown).map(wrapped)].filter(text => text).join('|');
      """;

  @ParameterizedTest
  @EnumSource(PageLanguage.class)
  void noTextOfAFilterIsCutAndNoButtonWraps(PageLanguage language) {
    browser.speak(language);
    for (int width : List.of(Browser.PHONE, 1200, 1440)) {
      browser.size(width, 900);
      for (String list : List.of("/?market=uk&min_units=1", "/launches", "/slowing")) {
        browser.open(list);
        browser.script("document.querySelector('#filters .more').open = true; return 1");
        assertThat(browser.script(CUT)).as(list + " at " + width).isEqualTo("");
      }
    }
  }

  @Test
  void anAddressIsThePageAlsoOnTheWayBack() {
    browser.open("/?market=uk&min_potential=90&sort=growth");
    assertThat(browser.text("#count")).isEqualTo("6 products");
    assertThat(browser.find("select[name=market]").getDomProperty("value")).isEqualTo("uk");
    assertThat(browser.find("input[name=min_potential]").getDomProperty("value")).isEqualTo("90");
    choose("lifecycle", "new");
    browser.until(b -> b.address().contains("lifecycle=new"));
    browser.back();
    browser.until(b -> b.text("#count").equals("6 products"));
    assertThat(browser.find("select[name=lifecycle]").getDomProperty("value")).isEmpty();
  }

  @Test
  void theLanguageIsSwitchedAndRemembered() {
    browser.open("/trends?geo=GB");
    browser.click("button[value=fr]");
    browser.until(b -> b.language().equals("fr"));
    assertThat(browser.address()).isEqualTo("/trends?geo=GB");
    assertThat(browser.text("h1")).isEqualTo("Tendances");
    browser.open("/");
    assertThat(browser.text(".list thead")).contains("Unités attendues", "Pourquoi");
    assertThat(browser.text("td.reason")).startsWith("Les recherches augmentent");
    browser.assertQuiet();
  }

  @Test
  void aProductIsOpened() {
    browser.open("/?market=uk&q=20000");
    String name = browser.text("a.name");
    browser.click("a.name");
    browser.until(b -> b.address().equals(PRODUCT));
    assertThat(browser.text("h1")).isEqualTo(name);
    browser.until(b -> b.all(".chart[data-drawn=true] canvas").size() == 2);
    assertThat(browser.text("main"))
        .contains("Why", "search interest down 38 % in 4 weeks", "−10 %");
    assertThat(browser.all("#said-numbers tbody tr")).hasSize(2);
    browser.click("summary");
    assertThat(browser.all("#weeks tbody tr")).hasSize(20 + 10); // trends reach further back
    assertThat(browser.text("#weeks tbody tr:last-child")).contains("25 Aug 2011");
    assertThat(browser.all("[aria-label='Expected units by week'] tbody tr")).hasSize(4);
    browser.click(".tabs a:not([aria-current])");
    browser.until(b -> b.address().equals("/products/20000?market=de"));
    browser.assertQuiet();
  }

  /** Returns a value of the configuration of a page's first chart. */
  private static Object charted(String expression) {
    browser.until(b -> b.all(".chart[data-drawn=true] canvas").size() > 0);
    return browser.script(
        "const option = echarts.getInstanceByDom(document.querySelector('.chart')).getOption();"
            + "return "
            + expression);
  }

  @Test
  void theChartMarksPromotionsAndTheTableListsAllThatIsPlanned() {
    browser.open(PRODUCT);
    assertThat(
            charted(
                "option.series.find(s => s.name === 'Promotion').markArea.data"
                    + ".map(days => days.map(day => new Date(day.xAxis).toISOString().slice(0, 10))"
                    + ".join(' to '))"))
        .isEqualTo(List.of("2011-08-24 to 2011-08-29", "2011-09-03 to 2011-09-10"));
    browser.click("summary");
    assertThat(texts("#planned tbody tr"))
        .containsExactly(
            "New price 2 Jul – 12 Jul 2011 +10 %",
            "Promotion 24 Aug – 28 Aug 2011 −20 %",
            "Promotion 3 Sep – 9 Sep 2011 −20 %",
            "Holiday 20 Sep 2011 –");
    browser.open("/products/dormant-1");
    assertThat(charted("option.series.map(s => s.name)").toString()).doesNotContain("Promotion");
  }

  @Test
  void theAxisOfAYoungProductNamesEachDayOnce() {
    for (int width : List.of(Browser.DESK, Browser.PHONE)) {
      browser.size(width, 800);
      browser.open("/products/gone-1?market=uk"); // first sold in the last week
      assertThat(labels()).hasSizeGreaterThan(1).doesNotHaveDuplicates();
      browser.open(PRODUCT);
      assertThat(labels()).hasSizeGreaterThan(2).doesNotHaveDuplicates();
    }
  }

  /** Returns the texts at the horizontal axis of a page's first chart. */
  private static List<String> labels() {
    browser.until(b -> b.all(".chart[data-drawn=true] canvas").size() > 0);
    Object labels =
        browser.script(
            "return echarts.getInstanceByDom(document.querySelector('.chart')).getModel()"
                + ".getComponent('xAxis').axis.getViewLabels().map(l => l.formattedLabel)"
                + ".filter(l => l).join('|')");
    return List.of(labels.toString().split("\\|"));
  }

  @Test
  void aWeekOfReturnsLeavesBothZeroLinesAtOnePlace() {
    browser.open(PRODUCT);
    assertThat(charted("option.yAxis[1].show")).isEqualTo(true);
    browser.script(
        "document.querySelector('#weeks tbody tr:last-child td[data-value]').dataset.value = -9;"
            + " return 1");
    browser.dark(true); // which draws the charts again
    browser.until(b -> ((Number) charted("option.yAxis[0].min || 0")).doubleValue() < 0);
    assertThat(zero(0)).isCloseTo(zero(1), within(0.5)).isGreaterThan(0);
  }

  /** Returns the vertical position of an axis' zero in the first chart, in pixels. */
  private static double zero(int axis) {
    Object pixels =
        browser.script(
            "return echarts.getInstanceByDom(document.querySelector('.chart'))"
                + ".convertToPixel({yAxisIndex: %d}, 0)".formatted(axis));
    return ((Number) pixels).doubleValue();
  }

  @Test
  void aProductWithoutAScoreSaysWhy() {
    browser.open("/products/dormant-1");
    assertThat(browser.text(".unscored"))
        .contains("No forecast", "Nothing was sold in the last 84 days");
    browser.until(b -> b.all(".chart[data-drawn=true] canvas").size() == 1);
    browser.open("/products/soon-1");
    assertThat(browser.text("main")).contains("more than 28 days ahead", "30 Oct 2011", "material");
  }

  @Test
  void trendsModelAndDataSayWhatTheApiSays() {
    browser.open("/trends");
    assertThat(browser.text("section[aria-labelledby=rising]")).contains("lantern", "+50 %");
    assertThat(browser.text("section[aria-labelledby=falling]")).contains("kite", "−75 %");
    assertThat(browser.text("section[aria-labelledby=categories]")).contains("Lighting", "Garden");
    browser.open("/model");
    browser.until(b -> b.all(".chart[data-drawn=true] canvas").size() == 1);
    assertThat(browser.text("#methods")).contains("WAPE", "0.500", "Last 28 days");
    browser.open("/data");
    assertThat(browser.text("section[aria-labelledby=rejects]")).contains("bad_date", "3");
    assertThat(browser.text("section[aria-labelledby=sources]"))
        .contains("shop_orders", "31 Aug 2011");
    assertThat(browser.all("section[aria-labelledby=runs] tbody tr")).hasSize(2);
  }

  @Test
  void theListIsExported() throws Exception {
    browser.open("/?market=uk&lifecycle=new");
    int rows = Integer.parseInt(browser.text("#count").replaceAll("\\D", ""));
    browser.click(".above a[href^='/recommendations.csv']");
    Path file = folder.resolve("browser/recommendations-2011-08-31.csv");
    browser.until(b -> Files.exists(file));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(rows + 1);
    assertThat(lines.get(0)).startsWith("run_id,as_of,horizon_days");
    assertThat(lines.subList(1, lines.size()))
        .allSatisfy(l -> assertThat(l).contains(",uk,", ",new,"));
  }

  @Test
  void paperShowsATableAndTheWholeForecast() {
    browser.size(794, 1123); // A4 at 96 dots per inch
    browser.printed(true);
    browser.open("/?market=uk");
    assertThat(browser.find(".list thead").getSize().getHeight()).isGreaterThan(10);
    assertThat(
            browser.script(
                "return getComputedStyle(document.querySelector('.list tbody tr')).display"))
        .isEqualTo("table-row");
    browser.assertNoWiderThanTheScreen();
    browser.open(PRODUCT);
    browser.until(b -> b.all(".chart[data-drawn=true] canvas").size() == 2);
    browser.assertNoWiderThanTheScreen();
  }

  @Test
  void aKeywordLeadsToItsProducts() {
    browser.open("/trends");
    assertThat(browser.all("section[aria-labelledby=rising] tbody tr")).hasSize(1);
    browser.click("section[aria-labelledby=rising] tbody a");
    browser.until(b -> b.address().equals("/?keyword=lantern"));
    assertThat(browser.text("#count")).isEqualTo("1 product");
    assertThat(browser.text(".above")).contains("Keyword: lantern");
  }

  @Test
  void starredProductsAreListedAndCompared() {
    browser.open("/?market=uk");
    browser.click("tbody tr:nth-child(1) .star");
    browser.click("tbody tr:nth-child(3) .star");
    List<String> names = texts("tbody tr:nth-child(1) .name, tbody tr:nth-child(3) .name");
    assertThat(browser.text("#starred").split("\\s+")).containsExactly("★", "2");
    browser.click("#compare");
    browser.until(b -> b.address().startsWith("/compare?"));
    assertThat(texts(".compare thead a")).containsAll(names);
    browser.open("/?market=uk");
    assertThat(browser.find("tbody tr:nth-child(1) .star").getDomAttribute("aria-pressed"))
        .isEqualTo("true");
    browser.click("#starred");
    browser.until(b -> b.text("#count").equals("2 products"));
    assertThat(texts("a.name")).containsExactlyElementsOf(names);
    browser.assertQuiet();
  }

  @Test
  void aViewIsSavedUnderItsNameAndDeleted() {
    browser.open("/?market=uk&min_units=100");
    browser.script("window.prompt = () => 'Best sellers'; return 1");
    browser.click("#save");
    browser.open("/launches?market=uk");
    browser.click("#views option:nth-child(2)");
    browser.until(b -> b.address().equals("/?market=uk&min_units=100"));
    browser.click("#drop");
    assertThat(browser.all("#views option")).hasSize(1);
    browser.assertQuiet();
  }

  @Test
  void aBudgetBecomesAPlanAndAWorkbook() throws Exception {
    browser.open("/buy?market=uk");
    double all = cost(browser.text("#plan tfoot td:nth-child(4)"));
    int budget = (int) (0.7 * all);
    browser.find("#budget").sendKeys(String.valueOf(budget));
    browser.click("form[action='/buy'] button[type=submit]");
    browser.until(b -> b.address().contains("budget=" + budget));
    assertThat(browser.text("h1")).isEqualTo("What to buy");
    double spent = cost(browser.text("#plan tfoot td:nth-child(4)"));
    assertThat(spent).isPositive().isLessThanOrEqualTo(budget);
    assertThat(browser.text("#sum")).contains("Cost £", "expected profit £");
    List<String> units = texts("#plan tbody td:nth-child(3)");
    List<String> costs = texts("#plan tbody td:nth-child(4)");

    browser.click("#workbook");
    Path file = folder.resolve("browser/orders-2011-08-31.xlsx");
    browser.until(b -> Files.exists(file));
    try (InputStream in = Files.newInputStream(file);
        ReadableWorkbook workbook = new ReadableWorkbook(in)) {
      List<Row> rows = workbook.getFirstSheet().read();
      List<String> names = rows.get(0).stream().map(Cell::getText).toList();
      assertThat(rows).hasSize(units.size() + 2);
      for (int i = 0; i < units.size(); i++) {
        Row row = rows.get(i + 1);
        assertThat(number(row, names, "order_units")).isEqualTo(cost(units.get(i)));
        assertThat(number(row, names, "order_cost")).isCloseTo(cost(costs.get(i)), within(0.51));
      }
      assertThat(number(rows.get(rows.size() - 1), names, "order_cost"))
          .isCloseTo(spent, within(0.51));
    }
    browser.click("button[value=fr]");
    browser.until(b -> b.language().equals("fr"));
    assertThat(browser.text("h1")).isEqualTo("Quoi acheter");
    browser.assertQuiet();
  }

  private static List<String> texts(String selector) {
    return browser.all(selector).stream().map(WebElement::getText).toList();
  }

  /** Returns the number of a cell such as £1,240. */
  private static double cost(String cell) {
    return Double.parseDouble(cell.replaceAll("[^0-9.]", ""));
  }

  private static double number(Row row, List<String> names, String column) {
    return row.getCellAsNumber(names.indexOf(column)).orElseThrow().doubleValue();
  }

  @Test
  void theKeyboardIsEnough() {
    browser.open("/");
    browser.tab();
    assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
    browser.type(Keys.ENTER);
    browser.until(b -> "content".equals(b.focused().getDomAttribute("id")));
    tabTo("id", "q");
    browser.type("lantern", Keys.ENTER);
    browser.until(b -> b.address().equals("/?q=lantern"));
    browser.tab();
    assertThat(browser.focused().getDomAttribute("name")).isEqualTo("market");
    browser.type("uk");
    browser.until(b -> b.address().equals("/?market=uk&q=lantern"));
    tabTo("class", "name");
    assertThat(browser.script("return document.activeElement.matches(':focus-visible')"))
        .isEqualTo(true);
    browser.type(Keys.ENTER);
    browser.until(b -> b.address().startsWith("/products/"));
  }

  private static void tabTo(String attribute, String value) {
    for (int i = 0; i < 30 && !value.equals(browser.focused().getDomAttribute(attribute)); i++) {
      browser.tab();
    }
    assertThat(browser.focused().getDomAttribute(attribute)).isEqualTo(value);
  }

  @Test
  void everythingCanBeReadWithoutScripts() {
    browser.scripts(false);
    browser.open("/");
    browser.click("select[name=market] option[value=uk]");
    browser.click(".filters button[type=submit]");
    browser.until(b -> b.text("#count").equals("60 products"));
    browser.click("#next");
    browser.until(b -> b.text(".paging").contains("51 – 60 of 60"));
    browser.open(PRODUCT);
    assertThat(browser.all(".chart").stream().noneMatch(WebElement::isDisplayed)).isTrue();
    browser.click("summary");
    assertThat(browser.find("#weeks").isDisplayed()).isTrue();
    assertThat(browser.text("section[aria-labelledby=reasons]"))
        .contains("Searches are down", "−10 %", "Google Trends: lantern", "Usual pace");
    browser.click("button[value=fr]");
    browser.until(b -> b.language().equals("fr"));
  }

  @Test
  void aServiceThatStoppedIsSaid() throws Exception {
    Path own = folder.resolve("stops");
    TestServer stops = new TestServer(Shop.publish(new StoreFolder(own.resolve("store"))));
    try (stops;
        Browser other = new Browser(stops, Files.createDirectory(own.resolve("browser")))) {
      other.open("/");
      stops.close();
      other.click("select[name=market] option[value=uk]");
      other.until(b -> b.find("#failure").isDisplayed());
      assertThat(other.text("#failure")).contains("did not answer", "Load the page again");
    }
  }

  @Test
  void aKeyLogsInAndOut() throws Exception {
    Path own = folder.resolve("keys");
    StoreFolder store = Shop.publish(new StoreFolder(own.resolve("store")));
    Map<String, Object> keys =
        Map.of(
            "trendflow.max-age.run",
            100_000,
            "trendflow.api-keys.uk.hash",
            CallerAccessTest.sha256("key-of-uk"),
            "trendflow.api-keys.uk.markets",
            "uk");
    try (TestServer closed = new TestServer(store, keys);
        Browser other = new Browser(closed, Files.createDirectory(own.resolve("browser")))) {
      other.open("/?sort=growth");
      assertThat(other.address()).startsWith("/login?to=");
      other.assertAccessible();
      other.find("input[name=key]").sendKeys("wrong", Keys.ENTER);
      other.until(b -> b.text(".refusal").equals("This key is not valid. Check it and try again."));
      other.find("input[name=key]").sendKeys("key-of-uk", Keys.ENTER);
      other.until(b -> b.text("#count").equals("60 products"));
      assertThat(other.address()).isEqualTo("/?sort=growth");
      other.click("form[action='/logout'] button");
      other.until(b -> b.address().equals("/login"));
    }
  }
}
