package io.trendflow.serving.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;

/**
 * Position where a page of a list ended. It refers to a place in an order and not to a row, which
 * keeps it valid in a later run: the next page begins after the same place in the new order.
 *
 * @param sort order of the list
 */
public record PageCursor(ScoreSort sort, Place place) {

  /**
   * Place in an order.
   *
   * @param value value of the column that the list is sorted by; minus infinity if it is unknown
   * @param uplift value of the column that the run is ranked by
   */
  public record Place(double value, double uplift, String productId, String market) {}

  /** Returns the cursor encoded for a URL. */
  public String text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(sort.label());
      out.writeDouble(place.value());
      out.writeDouble(place.uplift());
      out.writeUTF(place.productId());
      out.writeUTF(place.market());
    } catch (IOException e) {
      throw new UncheckedIOException("the cursor can't be written", e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** Decodes a cursor; returns empty for a text that {@link #text} did not produce. */
  public static Optional<PageCursor> of(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      ScoreSort sort = ScoreSort.of(in.readUTF());
      Place place = new Place(in.readDouble(), in.readDouble(), in.readUTF(), in.readUTF());
      PageCursor cursor = new PageCursor(sort, place);
      return cursor.text().equals(text) && !cursor.unordered()
          ? Optional.of(cursor)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean unordered() {
    return Double.isNaN(place.value()) || Double.isNaN(place.uplift());
  }
}
