package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.web.PictureHosts;
import io.trendflow.serving.web.SiteAddress;
import io.trendflow.serving.web.StaticFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Header and footer around the content of every page.
 *
 * @param address URL of the page, with its query
 * @param view data that the caller may see; null on a page that is not about a run
 * @param token token of the form that ends the session; null if there is no session
 * @param pictures hosts of the pictures that pages may load
 */
record PageLayout(
    PageLanguage language,
    String address,
    @Nullable CallerView view,
    @Nullable String token,
    PictureHosts pictures) {

  /** Page that the page head links to. */
  record Section(String path, String label) {}

  /** Returns the sections that the page head links to. */
  List<Section> sections() {
    return List.of(
        new Section("/", say("nav.today")),
        new Section("/launches", say("nav.launches")),
        new Section("/slowing", say("nav.slowing")),
        new Section("/trends", say("nav.trends")),
        new Section("/buy", say("nav.buy")),
        new Section("/results", say("nav.results")),
        new Section("/model", say("nav.model")),
        new Section("/data", say("nav.data")));
  }

  /** Returns the URL to return to after another language was chosen. */
  String back() {
    return address.length() > SiteAddress.LONGEST ? "/" : address;
  }

  boolean at(String path) {
    return address.equals(path) || address.startsWith(path + "?");
  }

  /** Returns the URL of a file of the pages. */
  String file(String name) {
    return StaticFiles.address(name);
  }

  /** Returns the address of a product's picture; null if it has none that pages may load. */
  @Nullable String picture(@Nullable CatalogRecord entry) {
    return entry == null ? null : pictures.allowed(entry.imageUrl());
  }

  String say(String key, Object... values) {
    return language.say(key, values);
  }

  LocaleFormat wording() {
    return language.wording();
  }

  /** Returns the run that is shown; null if there is none. */
  @Nullable Run run() {
    return view == null || view.served().snapshot() == null ? null : view.run();
  }

  /** Returns whether the caller may see all markets. */
  boolean everything() {
    return view != null && view.access().everything();
  }

  /** Returns the forecast days of the run that is shown; empty if there is none. */
  String period() {
    Run run = run();
    return run == null
        ? ""
        : wording().days(run.asOf().plusDays(1), run.asOf().plusDays(run.horizonDays()));
  }

  /** Returns the reasons why the results are degraded; empty if they are not. */
  List<String> warnings() {
    return view != null && run() != null && view.served().degraded()
        ? view.degradedReasons()
        : List.of();
  }
}
