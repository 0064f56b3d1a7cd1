package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Tests that the service reads exactly the tables that {@code terraform/access.json} grants to its
 * account.
 */
class GrantsTest {
  private static final Path ACCESS = Path.of("../terraform/access.json");

  @Test
  void whatTheServiceReadsIsWhatIsGranted() throws IOException {
    JsonNode granted = new ObjectMapper().readTree(ACCESS.toFile()).get("serve");
    assertThat(texts(granted.get("reads"))).isEqualTo(tables());
    assertThat(texts(granted.get("writes")))
        .as("what the package of decisions, which alone writes, names")
        .containsExactly(TableLayout.folder(Table.DECISIONS));
    assertThat(granted.get("models").asText()).isEqualTo("read");
    assertThat(granted.get("raw").asText()).isEqualTo("none");
  }

  private static Set<String> tables() {
    List<String> constants = Arrays.stream(Table.values()).map(Enum::name).toList();
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.trendflow.serving")
            .stream()
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .map(JavaFieldAccess::getTarget)
            .filter(field -> field.getOwner().isEquivalentTo(Table.class))
            .filter(field -> constants.contains(field.getName()))
            .map(field -> TableLayout.folder(Table.valueOf(field.getName())))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
