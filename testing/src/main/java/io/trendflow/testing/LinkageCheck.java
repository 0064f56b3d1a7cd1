package io.trendflow.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trendflow.testing.ClassFile.MemberReference;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;

/**
 * Checks that a jar links against libraries other than the ones that it was compiled with: every
 * class, field and method that its classes refer to has to exist with the same descriptor, and
 * every abstract method has to be implemented. Nothing is loaded or run.
 */
public final class LinkageCheck implements AutoCloseable {
  private static final Set<String> SIGNATURE_POLYMORPHIC =
      Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

  private final Path jar;
  private final URLClassLoader libraries;
  private final Map<String, Optional<ClassFile>> known = new HashMap<>();

  private LinkageCheck(Path jar, List<Path> classpath) throws IOException {
    this.jar = jar;
    List<URL> urls = new ArrayList<>();
    for (Path entry : classpath) {
      urls.add(entry.toUri().toURL());
    }
    libraries = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /**
   * Checks the jar that the first argument names against the class path in the file that the second
   * one names.
   */
  public static void main(String[] arguments) throws IOException {
    List<Path> classpath =
        Arrays.stream(
                Files.readString(Path.of(arguments[1]), UTF_8).strip().split(File.pathSeparator))
            .map(Path::of)
            .toList();
    Set<String> problems = problems(Path.of(arguments[0]), classpath);
    problems.forEach(System.err::println);
    if (!problems.isEmpty()) {
      System.exit(1);
    }
  }

  /** Returns a sentence for everything that does not link, in order. */
  static Set<String> problems(Path jar, List<Path> classpath) throws IOException {
    try (LinkageCheck linkage = new LinkageCheck(jar, classpath)) {
      return linkage.check();
    }
  }

  private Set<String> check() throws IOException {
    List<ClassFile> ours = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (var entry : file.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
        try (InputStream in = file.getInputStream(entry)) {
          ours.add(ClassFile.read(in));
        }
      }
    }
    if (ours.isEmpty()) {
      throw new IOException(jar + " has no classes.");
    }
    ours.forEach(type -> known.put(type.name(), Optional.of(type)));

    Set<String> problems = new TreeSet<>();
    for (ClassFile type : ours) {
      for (String used : type.usedClasses()) {
        if (find(used).isEmpty()) {
          problems.add("%s refers to the missing class %s.".formatted(type.name(), used));
        }
      }
      for (MemberReference used : type.usedMembers()) {
        find(used.owner())
            .flatMap(owner -> problem(used, owner))
            .ifPresent(problem -> problems.add("%s %s.".formatted(type.name(), problem)));
      }
      if (!type.isAbstract()) {
        for (String method : unimplemented(type)) {
          problems.add("%s does not implement %s.".formatted(type.name(), method));
        }
      }
    }
    return problems;
  }

  private Optional<String> problem(MemberReference used, ClassFile owner) {
    if (!used.isField() && used.inInterface() != owner.isInterface()) {
      return Optional.of(
          "calls %s.%s of %s, which it takes for %s"
              .formatted(
                  owner.name(),
                  used.member(),
                  owner.isInterface() ? "an interface" : "a class",
                  owner.isInterface() ? "a class" : "an interface"));
    }
    Predicate<ClassFile> declares = type -> type.members().contains(used.member());
    boolean found =
        SIGNATURE_POLYMORPHIC.contains(owner.name())
            || inHierarchy(owner, declares)
            // An interface has the methods of Object, which it does not extend.
            || find("java/lang/Object").filter(declares).isPresent();
    return found
        ? Optional.empty()
        : Optional.of("refers to the missing member %s.%s".formatted(owner.name(), used.member()));
  }

  private Set<String> unimplemented(ClassFile type) {
    Set<String> methods = new HashSet<>();
    inHierarchy(
        type,
        each -> {
          methods.addAll(each.abstractMethods());
          return false;
        });
    methods.removeIf(
        method ->
            inHierarchy(
                type,
                each ->
                    each.members().contains(method) && !each.abstractMethods().contains(method)));
    return methods;
  }

  /** Whether the class, or one that it extends or implements, is as asked. */
  private boolean inHierarchy(ClassFile type, Predicate<ClassFile> asked) {
    if (asked.test(type)) {
      return true;
    }
    List<String> above = new ArrayList<>(type.interfaces());
    type.parent().ifPresent(above::add);
    return above.stream()
        .flatMap(name -> find(name).stream())
        .anyMatch(each -> inHierarchy(each, asked));
  }

  private Optional<ClassFile> find(String name) {
    return known.computeIfAbsent(
        name,
        missing -> {
          String resource = missing + ".class";
          try (InputStream library = libraries.getResourceAsStream(resource)) {
            return library == null ? Optional.empty() : Optional.of(ClassFile.read(library));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void close() throws IOException {
    libraries.close();
  }
}
