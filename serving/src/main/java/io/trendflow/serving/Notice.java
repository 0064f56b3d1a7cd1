package io.trendflow.serving;

import java.util.List;

/**
 * A page in place of the list.
 *
 * @param detail one sentence
 * @param commands what to run, possibly nothing
 * @param back whether a link to the whole list helps
 */
record Notice(String title, String detail, List<String> commands, boolean back) {

  /** For a service that has no run to show. */
  static Notice nothing(Served served) {
    List<String> steps =
        served.problems().isEmpty() ? List.of("ingest", "train", "score") : List.of();
    return new Notice(
        "No recommendations yet",
        served.whyNothing(),
        steps.stream().map(step -> "bin/trendflow " + step + " --config your-shop.yaml").toList(),
        false);
  }

  /** For a request that was refused. */
  static Notice refused(ProblemException refusal) {
    return new Notice("That list does not exist", refusal.problem().detail(), List.of(), true);
  }
}
