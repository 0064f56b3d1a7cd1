package io.trendflow.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures processor time, which other programs on the machine affect least. */
final class CpuStopwatch {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private CpuStopwatch() {}

  /**
   * Returns the seconds of the whole process, its compiler and garbage collector included, in the
   * fastest round.
   */
  static double best(int rounds, Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds; round++) {
      long start = PROCESS.getProcessCpuTime();
      work.run();
      best = Math.min(best, (PROCESS.getProcessCpuTime() - start) / 1e9);
    }
    return best;
  }
}
