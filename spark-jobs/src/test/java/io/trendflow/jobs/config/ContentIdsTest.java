package io.trendflow.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentIdsTest {
  record Recipe(int trees, LocalDate day) {}

  @Test
  void anIdIsTheSameOnEveryMachineAndDay() {
    assertThat(ContentIds.hash("a", 1, LocalDate.parse("2011-08-31")))
        .isEqualTo("25f750b30574fa02");
  }

  @Test
  void orderAndBordersOfValuesCount() {
    assertThat(ContentIds.hash("a", "b"))
        .matches("[0-9a-f]{16}")
        .isNotEqualTo(ContentIds.hash("b", "a"))
        .isNotEqualTo(ContentIds.hash("ab"))
        .isNotEqualTo(ContentIds.hash(List.of("a"), "b"));
    assertThat(ContentIds.hash(new Recipe(1, LocalDate.EPOCH)))
        .isEqualTo(ContentIds.hash(new Recipe(1, LocalDate.EPOCH)))
        .isNotEqualTo(ContentIds.hash(new Recipe(2, LocalDate.EPOCH)));
  }

  @Test
  void theOrderOfAMapDoesNotCount() {
    Map<String, Integer> ab = new LinkedHashMap<>();
    ab.put("a", 1);
    ab.put("b", 2);
    Map<String, Integer> ba = new LinkedHashMap<>();
    ba.put("b", 2);
    ba.put("a", 1);
    assertThat(ContentIds.hash(ab)).isEqualTo(ContentIds.hash(ba));
  }
}
