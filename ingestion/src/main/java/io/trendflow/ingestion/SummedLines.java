package io.trendflow.ingestion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Sums sales lines that are sorted by the hash of their key; different keys may share a hash. */
final class SummedLines implements Iterator<InternalRow> {
  private final Iterator<InternalRow> lines;
  private final Set<UTF8String> totalled;
  private final Set<UTF8String> withCustomers;

  /** First line that is not summed yet. Spark overwrites it when the line after it is read. */
  private @Nullable InternalRow line;

  private Iterator<DayTotals> summed = Collections.emptyIterator();

  /** Creates the sums of lines; the other parameters are those of {@link DayTotals#row}. */
  SummedLines(
      Iterator<InternalRow> lines, Set<UTF8String> totalled, Set<UTF8String> withCustomers) {
    this.lines = lines;
    this.totalled = totalled;
    this.withCustomers = withCustomers;
    this.line = read();
  }

  @Override
  public boolean hasNext() {
    return summed.hasNext() || line != null;
  }

  @Override
  public InternalRow next() {
    if (!summed.hasNext()) {
      summed = sums().iterator();
    }
    return summed.next().row(totalled, withCustomers);
  }

  /** Sums the lines with the next hash. */
  private List<DayTotals> sums() {
    InternalRow next = line;
    if (next == null) {
      throw new NoSuchElementException();
    }
    long hash = next.getLong(0);
    List<DayTotals> totals = new ArrayList<>(1);
    do {
      totals(totals, next).add(next);
      next = read();
    } while (next != null && next.getLong(0) == hash);
    line = next;
    return totals;
  }

  private static DayTotals totals(List<DayTotals> all, InternalRow line) {
    for (DayTotals totals : all) {
      if (totals.hasKeyOf(line)) {
        return totals;
      }
    }
    DayTotals first = new DayTotals(line);
    all.add(first);
    return first;
  }

  private @Nullable InternalRow read() {
    return lines.hasNext() ? lines.next() : null;
  }
}
