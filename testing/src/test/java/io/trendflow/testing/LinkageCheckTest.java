package io.trendflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that were compiled with one version of a library, checked against another one. */
class LinkageCheckTest {
  private static final String LIBRARY =
      """
      package library;
      public class Rows {
        public static String name;
        public static class Part {}
        public static class Closer { public void close() {} }
        public interface Reader { default int read() { return 0; } }
        public void select(Iterable<String> columns) {}
      }
      """;
  private static final String JOB =
      """
      import java.util.function.Consumer;
      import library.Rows;
      class Job implements Rows.Reader {
        Object run(Rows rows) {
          Consumer<Iterable<String>> later = rows::select;
          Rows.name = rows.toString() + new Rows[0].clone().length;
          new Rows.Closer().close();
          return new Object[] {later, new Rows.Part()};
        }
      }
      """;

  private final Path folder;

  LinkageCheckTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aJarLinksAgainstWhatItWasCompiledWith() throws IOException {
    assertThat(problems(LIBRARY)).isEmpty();
  }

  @Test
  void aMethodWithAnotherDescriptorIsMissing() throws IOException {
    assertThat(problems(LIBRARY.replace("Iterable<", "java.util.List<")))
        .containsExactly(
            "Job refers to the missing member library/Rows.select(Ljava/lang/Iterable;)V.");
  }

  @Test
  void aFieldOfAnotherTypeIsMissing() throws IOException {
    assertThat(problems(LIBRARY.replace("String name", "Object name")))
        .containsExactly("Job refers to the missing member library/Rows.nameLjava/lang/String;.");
  }

  @Test
  void aClassIsMissing() throws IOException {
    assertThat(problems(LIBRARY.replace("class Part", "class Parts")))
        .contains("Job refers to the missing class library/Rows$Part.");
  }

  @Test
  void aClassBecameAnInterface() throws IOException {
    assertThat(
            problems(
                LIBRARY.replace(
                    "class Closer { public void close() {} }",
                    "interface Closer { void close(); }")))
        .contains(
            "Job calls library/Rows$Closer.close()V of an interface, which it takes for a class.");
  }

  @Test
  void aMethodBecameAbstract() throws IOException {
    assertThat(problems(LIBRARY.replace("default int read() { return 0; }", "int read();")))
        .containsExactly("Job does not implement read()I.");
  }

  private List<String> problems(String later) throws IOException {
    Path compiledWith = compiled("Rows", LIBRARY, folder);
    Path jar = jar(compiled("Job", JOB, compiledWith));
    return List.copyOf(LinkageCheck.problems(jar, List.of(compiled("Rows", later, folder))));
  }

  private Path compiled(String name, String source, Path classpath) throws IOException {
    Path sources = Files.createTempDirectory(folder, "sources");
    Path classes = Files.createTempDirectory(folder, "classes");
    Path file = Files.writeString(sources.resolve(name + ".java"), source);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                classpath.toString(),
                file.toString());
    assertThat(code).isZero();
    return classes;
  }

  private Path jar(Path classes) throws IOException {
    Path jar = folder.resolve("job.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> found = Files.walk(classes)) {
      for (Path each : found.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, out);
      }
    }
    return jar;
  }
}
