package io.trendflow.serving.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Position where a page of trends ended. It refers to a place in an order, as {@link PageCursor}
 * does.
 *
 * @param falling whether the trends that fall fastest come first
 * @param last series with the change and the names of the last one of the page
 */
public record MoverCursor(boolean falling, Mover last) {

  /** Returns the order of the list. */
  public static Comparator<Mover> order(boolean falling) {
    return falling ? Mover.FALLING : Mover.RISING;
  }

  /** Returns whether a series is on a later page. */
  public boolean isBefore(Mover mover) {
    return order(falling).compare(last, mover) < 0;
  }

  /** Returns the cursor encoded for a URL. */
  public String text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Double change = last.change();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeBoolean(falling);
      out.writeDouble(change == null ? Double.NaN : change);
      out.writeUTF(last.source());
      out.writeUTF(last.keyword());
      out.writeUTF(last.geo());
      out.writeUTF(last.metric());
    } catch (IOException e) {
      throw new UncheckedIOException("the cursor can't be written", e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** Decodes a cursor; returns empty for a text that {@link #text} did not produce. */
  public static Optional<MoverCursor> of(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      boolean falling = in.readBoolean();
      double change = in.readDouble();
      String source = in.readUTF();
      String keyword = in.readUTF();
      String geo = in.readUTF();
      Mover last =
          new Mover(
              source,
              in.readUTF(),
              keyword,
              geo,
              LocalDate.EPOCH,
              0,
              0,
              Double.isNaN(change) ? null : (Double) change,
              List.of(),
              List.of());
      MoverCursor cursor = new MoverCursor(falling, last);
      return cursor.text().equals(text) ? Optional.of(cursor) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
