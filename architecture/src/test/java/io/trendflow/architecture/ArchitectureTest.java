package io.trendflow.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that neither the compiler nor the modules' dependencies can express. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SHOWN = Path.of("src/test/resources/shown-classes.txt");
  private static final int MOST_CLASSES_IN_A_PACKAGE = 45;
  private static final double MOST_ONE_WORD_NAMES = 0.1;
  private static final Pattern ONE_WORD = Pattern.compile("[A-Z][a-z0-9]*");

  /** Packages of a module's classes where its folder has another name. */
  private static final Map<String, String> PACKAGES = Map.of("spark-jobs", "jobs");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.trendflow");

  @Test
  void everyModuleIsRead() throws IOException {
    Set<String> modules = new TreeSet<>();
    Pattern module = Pattern.compile("<module>(.+)</module>");
    module
        .matcher(Files.readString(ROOT.resolve("pom.xml")))
        .results()
        .map(found -> PACKAGES.getOrDefault(found.group(1), found.group(1)))
        .filter(name -> !name.equals("architecture"))
        .forEach(modules::add);
    assertThat(CLASSES.stream().map(ArchitectureTest::module).distinct())
        .containsExactlyInAnyOrderElementsOf(modules);
  }

  @ParameterizedTest
  @CsvSource({
    "schemas, ''",
    "testing, ''",
    "examples, ''",
    "history, ''",
    "model, schemas",
    "collection, schemas",
    "ingestion, schemas",
    "features, schemas history",
    "scoring, schemas history model features",
    "training, schemas history model features scoring",
    "serving, schemas history model",
    "jobs, schemas history model collection ingestion features scoring training",
    "benchmarks, schemas history model features scoring training"
  })
  void dependenciesRunOneWay(String module, String allowed) {
    Set<String> used =
        CLASSES.stream()
            .filter(one -> module(one).equals(module))
            .flatMap(ArchitectureTest::others)
            .map(ArchitectureTest::module)
            .collect(toCollection(TreeSet::new));
    assertThat(used).isSubsetOf(allowed.split(" "));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.trendflow.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void aPackageIsSmallEnoughToRead() {
    Map<String, Set<String>> packages =
        topLevel()
            .collect(
                groupingBy(
                    JavaClass::getPackageName,
                    mapping(JavaClass::getName, toCollection(TreeSet::new))));
    packages.forEach(
        (name, classes) ->
            assertThat(classes).as(name).hasSizeLessThanOrEqualTo(MOST_CLASSES_IN_A_PACKAGE));
  }

  /** A class that a module shows to others is a promise: the list changes with intent only. */
  @Test
  void modulesShowEachOtherTheListedClassesOnly() throws IOException {
    Set<String> shown = new TreeSet<>();
    CLASSES.forEach(one -> others(one).map(ArchitectureTest::outermost).forEach(shown::add));
    if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
      Files.write(SHOWN, shown);
    }
    assertThat(shown)
        .as("%s: make docs writes it again", SHOWN)
        .containsExactlyElementsOf(Files.readAllLines(SHOWN));
  }

  @Test
  void aSimpleNameMeansOneThing() {
    Map<String, Set<String>> modules =
        topLevel()
            .collect(
                groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    mapping(ArchitectureTest::module, toCollection(TreeSet::new))));
    modules.values().removeIf(in -> in.size() == 1);
    assertThat(modules).isEmpty();
  }

  @Test
  void fewNamesAreOneWordAndTheGlossaryExplainsThem() throws IOException {
    List<String> names = topLevel().map(JavaClass::getSimpleName).toList();
    List<String> oneWord = names.stream().filter(name -> ONE_WORD.matcher(name).matches()).toList();
    String glossary = Files.readString(ROOT.resolve("docs/glossary.md"));
    assertThat(oneWord).hasSizeLessThanOrEqualTo((int) (MOST_ONE_WORD_NAMES * names.size()));
    assertThat(oneWord).allSatisfy(name -> assertThat(glossary).contains("`" + name + "`"));
  }

  /** The jar runs on Scala 2.12 and 2.13, whose collections differ. */
  @Test
  void noSignatureNamesAScalaType() {
    noFields().should().haveRawType(resideInAPackage("scala..")).check(CLASSES);
    noMethods().should().haveRawReturnType(resideInAPackage("scala..")).check(CLASSES);
    noCodeUnits()
        .should()
        .haveRawParameterTypes(
            DescribedPredicate.<List<JavaClass>>describe(
                "a Scala type", types -> types.stream().anyMatch(resideInAPackage("scala.."))))
        .check(CLASSES);
  }

  @Test
  void onlyJobsAndServiceUseGoogleCloud() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.trendflow.jobs..", "io.trendflow.serving..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.cloud..")
        .check(CLASSES);
  }

  @Test
  void programsStartInTheirModulesOnly() {
    methods()
        .that()
        .haveName("main")
        .and()
        .areStatic()
        .should()
        .beDeclaredInClassesThat()
        .resideInAnyPackage(
            "io.trendflow.jobs",
            "io.trendflow.testing",
            "io.trendflow.examples",
            "io.trendflow.benchmarks",
            "io.trendflow.serving")
        .check(CLASSES);
  }

  private static Stream<JavaClass> topLevel() {
    return CLASSES.stream()
        .filter(one -> one.getEnclosingClass().isEmpty())
        .filter(one -> !one.getName().endsWith(".package-info"))
        // Classes with these names are generated by Micronaut's and jte's processors.
        .filter(one -> !one.getName().contains("$") && !one.getName().endsWith("Generated"));
  }

  /** Returns the classes of other modules that a class uses. */
  private static Stream<JavaClass> others(JavaClass one) {
    return one.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(target -> target.getPackageName().startsWith("io.trendflow."))
        .filter(target -> !module(target).equals(module(one)));
  }

  private static String module(JavaClass one) {
    return one.getPackageName().split("\\.", -1)[2];
  }

  private static String outermost(JavaClass one) {
    return one.getName().split("\\$", 2)[0];
  }
}
