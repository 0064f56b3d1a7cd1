package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupPredictionsTest {
  private final GroupPredictions rows =
      PredictionsBuilder.rows(4)
          .ids("b", "d", "a", "c")
          .actual(i -> 10 * i)
          .baseline(i -> i)
          .predicted(i -> 5)
          .median(i -> i % 2)
          .interval(i -> i - 1, i -> i + 1)
          .build();

  @Test
  void tiesAreOrderedByProduct() {
    assertThat(rows.order(new double[] {1, 1, 1, 1})).containsExactly(2, 0, 3, 1);
    assertThat(rows.order(new double[] {1, 2, 1, 2})).containsExactly(3, 1, 2, 0);
  }

  @Test
  void theHighestComeFirst() {
    assertThat(rows.order(new double[] {-1, 0, 3, 2})).containsExactly(2, 3, 1, 0);
  }

  /** The same order by comparing rows, for values with ties, both zeros and no number. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 100_000})
  void theOrderIsThatOfASortByValueAndProductInDrawsToo(int values) {
    Random random = new Random(values);
    GroupPredictions many =
        PredictionsBuilder.rows(700)
            .predicted(i -> random.nextInt(20) == 0 ? Double.NaN : random.nextInt(values) * -0.5)
            .build();
    GroupPredictions drawn = many.at(random.ints(900, 0, 700).toArray());
    for (GroupPredictions rows : List.of(many, drawn)) {
      int[] compared =
          IntStream.range(0, rows.size())
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(i -> -rows.expected()[i])
                      .thenComparing(i -> rows.ids()[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(rows.order(rows.expected())).isEqualTo(compared);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 100_000})
  void ranksAreThoseOfCommonsMath(int values) {
    Random random = new Random(values);
    double[] numbers =
        random.ints(500, 0, values).mapToDouble(i -> (i - values / 2) * -0.25).toArray();
    GroupPredictions many = PredictionsBuilder.rows(500).predicted(i -> numbers[i]).build();
    assertThat(many.averageRanks(many.expected())).isEqualTo(new NaturalRanking().rank(numbers));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "3, 3", "4, 4", "5, 4"})
  void theTopHasNoMoreRowsThanThereAre(int k, int size) {
    assertThat(rows.top(rows.actual(), k)).hasSize(size).doesNotHaveDuplicates();
  }

  @Test
  void theTopIsTheHeadOfTheOrder() {
    assertThat(rows.top(rows.actual(), 2)).containsExactly(3, 2);
    assertThat(rows.top(rows.expected(), 2)).as("ties by product").containsExactly(2, 0);
  }

  @Test
  void upliftIsAboveTheBaseline() {
    assertThat(rows.actualUplift()).containsExactly(0, 9, 18, 27);
    assertThat(rows.predictedUplift()).containsExactly(5, 4, 3, 2);
  }

  @Test
  void aDrawRepeatsWholeRows() {
    GroupPredictions drawn = rows.at(new int[] {3, 3, 1});
    assertThat(drawn.ids()).containsExactly("c", "c", "d");
    assertThat(drawn.actual()).containsExactly(30, 30, 10);
    assertThat(drawn.baseline()).containsExactly(3, 3, 1);
    assertThat(drawn.expected()).containsExactly(5, 5, 5);
    assertThat(drawn.median()).containsExactly(1, 1, 1);
    assertThat(drawn.lower()).containsExactly(2, 2, 0);
    assertThat(drawn.upper()).containsExactly(4, 4, 2);
    assertThat(drawn.size()).isEqualTo(3);
  }

  @Test
  void otherPredictionsOfTheSameRowsHaveNoInterval() {
    GroupPredictions other = rows.predicted(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8});
    assertThat(other.ids()).isEqualTo(rows.ids());
    assertThat(other.actual()).isEqualTo(rows.actual());
    assertThat(other.predictedUplift()).containsExactly(1, 1, 1, 1);
    assertThat(other.median()).containsExactly(5, 6, 7, 8);
    assertThat(Metric.COVERAGE.of(rows)).isEqualTo(0.25);
    assertThat(Metric.COVERAGE.of(other)).isNull();
    assertThat(Metric.WIDTH.of(other)).isNull();
  }
}
