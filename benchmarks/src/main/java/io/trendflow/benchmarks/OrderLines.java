package io.trendflow.benchmarks;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/** Lines of one file in the order of time: orders of one to six lines, some of them returns. */
final class OrderLines {
  static final String HEADER = "order_id,ordered_at,sku,quantity,unit_price,market,name\n";

  private static final int PRODUCTS = 5_000;
  private static final int SECONDS = 7 * 24 * 3600;
  private static final LocalDateTime FIRST = LocalDateTime.of(2015, 1, 1, 0, 0);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String[] MARKETS = {"uk", "uk", "uk", "fr", "fr", "de"};
  private static final String[] THINGS = {"mug", "lamp", "clock", "kettle", "picture frame"};

  private final int file;
  private final int lines;
  private final SplittableRandom random;
  private String order = "";
  private String market = "";
  private int left;

  OrderLines(int file, int lines) {
    this.file = file;
    this.lines = lines;
    this.random = new SplittableRandom(file);
  }

  /** Returns a line with its line end; lines must be requested in order. */
  String next(int line) {
    if (left == 0) {
      startOrder(line);
    }
    left--;
    // The product's number is a product of two draws: few products sell often, most seldom.
    int product = (int) (PRODUCTS * random.nextDouble() * random.nextDouble());
    int quantity = random.nextInt(50) == 0 ? -1 : 1 + random.nextInt(6);
    int cents = 199 + product * 37 % 4_800;
    return "%s,SKU-%05d,%d,%d.%02d,%s,%s\n"
        .formatted(order, product, quantity, cents / 100, cents % 100, market, name(product));
  }

  private void startOrder(int line) {
    LocalDateTime time =
        FIRST.plusDays(7L * file).plusSeconds((long) line * SECONDS / Math.max(1, lines));
    order = "%d,%s".formatted(1_000_000_000L + (long) file * lines + line, TIME.format(time));
    market = MARKETS[random.nextInt(MARKETS.length)];
    left = 1 + random.nextInt(6);
  }

  /** Returns a name; one in four must be quoted, for a comma or for quotes of its own. */
  private static String name(int product) {
    String thing = THINGS[product % THINGS.length];
    return switch (product % 8) {
      case 0 -> "\"Red %s, set of %d\"".formatted(thing, 2 + product % 5);
      case 4 -> "\"The \"\"%d\"\" %s\"".formatted(1900 + product % 100, thing);
      default -> "Blue %s no. %d".formatted(thing, product);
    };
  }
}
