package io.trendflow.ingestion.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectReasonTest {
  @Test
  void thePageOfRejectCodesListsExactlyTheReasons() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "reject-codes.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(RejectReason.values())
                .map(
                    reason ->
                        "| `%s` | %s | %s |"
                            .formatted(reason.code(), reason.meaning(), reason.remedy()))
                .toList());
  }
}
