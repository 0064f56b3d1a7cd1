package io.trendflow.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that the compiler and the modules' dependencies can't express. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.trendflow");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          schemas   |
          model     | schemas
          ingestion | schemas
          features  | schemas
          scoring   | schemas model features
          training  | schemas model features scoring
          examples  |
          testing   |
          jobs      | schemas model ingestion features scoring training
          """)
  void dependenciesRunOneWay(String module, @Nullable String allowed) {
    String[] packages =
        Stream.concat(
                Stream.of(module),
                Arrays.stream(allowed == null ? new String[0] : allowed.split(" ")))
            .map(ArchitectureTest::packageOf)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packageOf(module))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.trendflow..").and(not(resideInAnyPackage(packages))))
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void everyModuleIsLookedAt() {
    assertThat(OURS)
        .extracting(JavaClass::getPackageName)
        .contains("io.trendflow.schemas", "io.trendflow.jobs");
  }

  /** The jar runs on Scala 2.12 and 2.13, whose collections differ. */
  @Test
  void noSignatureNamesAScalaType() {
    noFields().should().haveRawType(resideInAPackage("scala..")).check(OURS);
    noMethods().should().haveRawReturnType(resideInAPackage("scala..")).check(OURS);
    noCodeUnits()
        .should()
        .haveRawParameterTypes(
            DescribedPredicate.<List<JavaClass>>describe(
                "a Scala type", types -> types.stream().anyMatch(resideInAPackage("scala.."))))
        .check(OURS);
  }

  @Test
  void googleCloudIsUsedByJobsAndServingOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.trendflow.jobs..", "io.trendflow.serving..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.cloud..")
        .check(OURS);
  }

  @Test
  void programsStartInJobsOnly() {
    methods()
        .that()
        .haveName("main")
        .and()
        .areStatic()
        .should()
        .beDeclaredInClassesThat()
        .resideInAnyPackage("io.trendflow.jobs", "io.trendflow.examples")
        .allowEmptyShould(true)
        .check(OURS);
  }

  private static String packageOf(String module) {
    return "io.trendflow." + module + "..";
  }
}
