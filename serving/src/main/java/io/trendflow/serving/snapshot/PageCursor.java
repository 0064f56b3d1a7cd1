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
 * Where a page ended. It names a place in an order, not a row, so that it holds in a later run too:
 * the next page begins with what comes behind that place then.
 *
 * @param sort the order
 */
public record PageCursor(ScoreSort sort, Place place) {

  /**
   * A place in an order.
   *
   * @param value of the column that is sorted by; minus infinity where it is unknown
   * @param uplift of the column that the run is ranked by
   */
  public record Place(double value, double uplift, String productId, String market) {}

  /** As text for an address. */
  public String text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(sort.label());
      out.writeDouble(place.value());
      out.writeDouble(place.uplift());
      out.writeUTF(place.productId());
      out.writeUTF(place.market());
    } catch (IOException e) {
      throw new UncheckedIOException("a cursor can't be written", e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** Empty for a text that {@link #text} did not make. */
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
