package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.trendflow.serving.TestServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium with an empty profile that visits a server. */
final class Browser implements AutoCloseable {
  static final int DESK = 1280;
  static final int PHONE = 390;

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars");

  /**
   * Logger that warns at every start that it lacks protocol classes for this version, which nothing
   * needs.
   */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  /** Messages of htmx about a request that the next keystroke replaced. */
  private static final Pattern SUPERSEDED = Pattern.compile("htmx:(sendAbort|afterRequest),");

  private final ChromeDriver driver;
  private final String server;

  /**
   * Starts the browser; opens no page yet.
   *
   * @param folder folder for its profile and downloads
   */
  Browser(TestServer server, Path folder) {
    SELENIUM.setLevel(Level.SEVERE);
    this.server = server.address().toString();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("CHROMIUM", "/usr/bin/chromium"));
    options.addArguments(FLAGS);
    options.addArguments("--user-data-dir=" + folder.resolve("profile"));
    options.setExperimentalOption(
        "prefs",
        Map.of("intl.accept_languages", "en", "download.default_directory", folder.toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.INFO); // lower levels are hints of the browser
    options.setCapability("goog:loggingPrefs", logs);
    File driverProgram = new File(program("CHROMEDRIVER", "/usr/bin/chromedriver"));
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driverProgram)
                .usingAnyFreePort()
                .build(),
            options);
    size(DESK, 800);
  }

  private static String program(String variable, String usual) {
    String path = Objects.requireNonNullElse(System.getenv(variable), usual);
    if (!Files.isExecutable(Path.of(path))) {
      throw new IllegalStateException(
          path + " does not exist, but the browser tests need it: run bin/require-chromium.");
    }
    return path;
  }

  void size(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void dark(boolean dark) {
    Map<String, Object> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    command("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** Shows pages as they are printed, or as on a screen. */
  void printed(boolean printed) {
    command("Emulation.setEmulatedMedia", Map.of("media", printed ? "print" : "screen"));
  }

  void scripts(boolean allowed) {
    command("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
  }

  private void command(String name, Map<String, Object> parameters) {
    driver.executeCdpCommand(name, parameters);
  }

  /** Sets the cookie of a chosen language. */
  void speak(PageLanguage language) {
    command(
        "Network.setCookie",
        Map.of("name", PageLanguage.COOKIE, "value", language.code(), "url", server));
  }

  /** Forgets what the pages remember: the cookies and the storage of scripts. */
  void forget() {
    command("Network.clearBrowserCookies", Map.of());
    command("Storage.clearDataForOrigin", Map.of("origin", server, "storageTypes", "all"));
  }

  String language() {
    return Objects.toString(find("html").getDomAttribute("lang"));
  }

  Browser open(String path) {
    driver.get(server + path);
    return this;
  }

  Browser open(Path file) {
    driver.get(file.toUri().toString());
    return this;
  }

  /** Returns the path and query of the current page. */
  String address() {
    return Objects.requireNonNull(driver.getCurrentUrl()).replace(server, "");
  }

  void back() {
    driver.navigate().back();
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Returns the visible text of an element. */
  String text(String selector) {
    return find(selector).getText();
  }

  /** Clicks on an element, again if a swap of the page's content replaces it in between. */
  void click(String selector) {
    until(
        b -> {
          b.find(selector).click();
          return true;
        });
  }

  /** Types into the focused element. */
  void type(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  void tab() {
    type(Keys.TAB);
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Waits until a condition holds, at most ten seconds. */
  void until(Predicate<Browser> holds) {
    new WebDriverWait(driver, Duration.ofSeconds(10), Duration.ofMillis(50))
        .ignoring(WebDriverException.class)
        .until(d -> holds.test(this));
  }

  Object script(String script) {
    return Objects.requireNonNull(driver.executeScript(script));
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /**
   * Asserts that the log has no violation of the content security policy, script error or missing
   * file.
   */
  void assertQuiet() {
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
        .extracting(LogEntry::getMessage)
        .filteredOn(message -> !SUPERSEDED.matcher(message).find())
        .as(address())
        .isEmpty();
  }

  void forgetLog() {
    driver.manage().logs().get(LogType.BROWSER);
  }

  /** Asserts that axe-core finds no accessibility problem. */
  @SuppressWarnings("deprecation") // the other mode opens windows, which fails on a busy machine
  void assertAccessible() {
    List<String> found =
        new AxeBuilder()
                .setLegacyMode(true) // enough for pages without frames
                .analyze(driver)
                .getViolations()
                .stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(Browser::described)
                .toList();
    assertThat(found).as(address()).isEmpty();
  }

  private static String described(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes();
  }

  /** Asserts that nothing is cut off on the right or needs horizontal scrolling. */
  void assertNoWiderThanTheScreen() {
    assertThat(((Number) script("return document.documentElement.scrollWidth")).intValue())
        .as(address())
        .isLessThanOrEqualTo(((Number) script("return innerWidth")).intValue());
  }

  @Override
  public void close() {
    driver.quit();
  }
}
