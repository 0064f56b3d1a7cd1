package io.trendflow.examples;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random draws of one independent stream. Every product, keyword and day has its own stream;
 * therefore a larger shop contains the products of a smaller one.
 */
final class RandomDraws {
  /** Purpose of a stream; its index is the product, keyword or day. */
  enum Stream {
    PRODUCT,
    EPISODES,
    DEMAND,
    TREND,
    DECOY,
    ORDERS,
    DIRT,
    SUPPLY
  }

  private final RandomGenerator random;

  private RandomDraws(RandomGenerator random) {
    this.random = random;
  }

  static RandomDraws of(long seed, Stream stream, long index) {
    return of(seed, stream, index, "");
  }

  /** Returns the stream of one part of the product, keyword or day, such as a market. */
  static RandomDraws of(long seed, Stream stream, long index, String part) {
    long key = mix(mix(mix(mix(seed) + stream.name().hashCode()) + index) + part.hashCode());
    return new RandomDraws(new SplittableRandom(key));
  }

  /** Returns a number from {@code low} (inclusive) to {@code high} (exclusive). */
  double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Returns a number from {@code low} to {@code high}, both inclusive. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  double gaussian() {
    return random.nextGaussian();
  }

  double logNormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * gaussian());
  }

  /**
   * Draws from a Poisson distribution by Knuth's product of uniforms, for means up to a few
   * hundred.
   */
  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /**
   * Draws from a gamma distribution with mean 1 and variance 1/shape, for shape >= 1 (Marsaglia and
   * Tsang, 2000).
   */
  double gamma(double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = gaussian();
      double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
      if (v > 0
          && StrictMath.log(random.nextDouble()) < x * x / 2 + d * (1 - v + StrictMath.log(v))) {
        return d * v / shape;
      }
    }
  }

  /**
   * Mixes a seed by SplitMix64's finaliser: neighbouring seeds must not give overlapping streams.
   */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
