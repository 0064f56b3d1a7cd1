package io.trendflow.serving.dashboard;

import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.snapshot.RunSnapshot;
import io.trendflow.serving.store.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the content of every page.
 *
 * @param address of the page, with its query
 * @param view null on a page that is not about a run
 * @param token what the form that ends the session must send; null without a session
 */
record PageLayout(
    PageLanguage language, String address, @Nullable CallerView view, @Nullable String token) {

  /** A page that the head links to. */
  record Section(String path, String label) {}

  /** Them all. */
  List<Section> sections() {
    return List.of(
        new Section("/", say("nav.recommendations")),
        new Section("/trends", say("nav.trends")),
        new Section("/model", say("nav.model")),
        new Section("/data", say("nav.data")),
        new Section("/docs/index.html", say("nav.api")));
  }

  boolean at(String path) {
    return address.equals(path) || address.startsWith(path + "?");
  }

  String say(String key, Object... values) {
    return language.say(key, values);
  }

  LocaleFormat wording() {
    return language.wording();
  }

  /** The run that is shown; null where there is none. */
  @Nullable Run run() {
    RunSnapshot snapshot = view == null ? null : view.served().snapshot();
    return snapshot == null ? null : snapshot.run();
  }

  /** Why what is shown is less than it should be; empty when it isn't. */
  List<String> warnings() {
    return view != null && run() != null && view.served().degraded()
        ? view.served().degradedReasons()
        : List.of();
  }
}
