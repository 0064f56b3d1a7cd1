package io.trendflow.testing.shop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Search of orders in the part of Shopify's syntax that TrendFlow uses. */
final class ShopifySearch {
  private static final Pattern TIME = Pattern.compile("(created_at|updated_at):(>=|<)'([^']+)'");
  private static final Pattern ID = Pattern.compile("\\bid:(\\d+)");
  private static final Pattern STATUS = Pattern.compile("financial_status:(\\w+)");

  private ShopifySearch() {}

  static Predicate<ShopOrders.Order> of(@Nullable String query) {
    List<Predicate<ShopOrders.Order>> all = new ArrayList<>();
    String text = query == null ? "" : query;
    Matcher times = TIME.matcher(text);
    while (times.find()) {
      boolean created = times.group(1).equals("created_at");
      boolean from = times.group(2).equals(">=");
      Instant bound = Instant.parse(times.group(3));
      all.add(order -> (created ? order.createdAt : order.updatedAt).isBefore(bound) != from);
    }
    Matcher ids = ID.matcher(text);
    if (ids.find()) {
      long id = Long.parseLong(ids.group(1));
      all.add(order -> order.id == id);
    }
    List<String> states = new ArrayList<>();
    Matcher status = STATUS.matcher(text);
    while (status.find()) {
      states.add(status.group(1).toUpperCase(Locale.ROOT));
    }
    if (!states.isEmpty()) {
      all.add(order -> states.contains(order.financialStatus()));
    }
    if (all.isEmpty() && !text.isEmpty()) {
      throw new IllegalArgumentException("unknown search: " + text);
    }
    return order -> all.stream().allMatch(one -> one.test(order));
  }
}
