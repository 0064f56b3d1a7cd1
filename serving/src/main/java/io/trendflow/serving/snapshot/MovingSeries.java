package io.trendflow.serving.snapshot;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A trend series that moves, and the markets that it matters in.
 *
 * @param mover the movement, with the categories of all markets
 * @param categories by market with a scored product that the series belongs to: the categories of
 *     these products
 */
public record MovingSeries(Mover mover, Map<String, Set<String>> categories) {

  /** Returns the movement as some markets may see it; null if it belongs to none of them. */
  public @Nullable Mover in(Collection<String> markets) {
    List<Set<String>> own = markets.stream().map(categories::get).filter(Objects::nonNull).toList();
    if (own.isEmpty()) {
      return null;
    }
    Set<String> names = new TreeSet<>();
    own.forEach(names::addAll);
    return mover.with(List.copyOf(names));
  }
}
