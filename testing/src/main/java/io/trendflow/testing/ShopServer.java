package io.trendflow.testing;

import io.trendflow.testing.shop.FakeShopify;
import io.trendflow.testing.shop.ShopOrders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;

/** Imitated shop for the demo: prints its address, then lets a day pass for each line of input. */
public final class ShopServer {
  private static final int ORDERS = 30;
  private static final int DAYS = 60;

  private ShopServer() {}

  /** Serves until the input ends. */
  public static void main(String[] args) throws IOException {
    ShopOrders book = new ShopOrders();
    Random random = new Random(1);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    today
        .minusDays(DAYS)
        .datesUntil(today)
        .forEach(day -> book.live(day, ZoneOffset.UTC, ORDERS, random));
    try (FakeShopify shop = new FakeShopify(book, Clock.systemUTC());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      shop.bucket(10_000, 1_000);
      System.out.println(shop.address());
      while (in.readLine() != null) {
        // Late orders, refunds, cancellations and deletions reach days that were pulled before.
        book.live(today, ZoneOffset.UTC, 0, random);
        System.out.println("a day has passed");
      }
    }
  }
}
