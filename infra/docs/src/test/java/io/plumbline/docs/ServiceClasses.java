package io.plumbline.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The compiled classes of one service, as the generated pages read them. */
final class ServiceClasses {

  private static final String ON_EVENT = "io.plumbline.platform.event.OnEvent";
  private static final String PROJECTION = "io.plumbline.platform.event.Projection";

  /** The simple names of the events by their class names. */
  private static final Map<String, String> EVENTS = events();

  private final String name;
  private final String base;
  private final JavaClasses classes;

  private ServiceClasses(String name, Path folder) {
    this.name = name;
    this.base = "io.plumbline." + name.replace("-", "");
    this.classes = new ClassFileImporter().importPath(folder);
    if (modules().isEmpty()) {
      throw new IllegalStateException(folder + " has no classes; compile the service first");
    }
  }

  /** Returns the services in the order of the loop. */
  static List<ServiceClasses> all(Path root) {
    return EventTypes.SOURCES.stream()
        .map(source -> source.getAnnotation(EventSource.class).value())
        .map(name -> of(name, root))
        .toList();
  }

  private static ServiceClasses of(String name, Path root) {
    Path service = root.resolve("services").resolve(name);
    Path folder = service.resolve("target/classes");
    requireWhole(service.resolve("src/main/java"), folder);
    return new ServiceClasses(name, folder);
  }

  /** Fails unless every class of a service is compiled: its pages would omit the missing part. */
  static void requireWhole(Path sources, Path classes) {
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .map(file -> sources.relativize(file).toString())
          .filter(file -> file.endsWith(".java"))
          .map(file -> classes.resolve(file.replaceFirst("java$", "class")))
          .filter(file -> !Files.exists(file))
          .findFirst()
          .ifPresent(missing -> {
            throw new IllegalStateException(missing + " is missing; compile the service first");
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  Set<String> modules() {
    Set<String> modules = new TreeSet<>();
    classes.stream().map(this::module).filter(module -> !module.isEmpty()).forEach(modules::add);
    return modules;
  }

  /** Returns the modules that each module uses. */
  Map<String, Set<String>> dependencies() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass each : classes) {
      each.getDirectDependenciesFromSelf().stream()
          .map(dependency -> module(dependency.getTargetClass()))
          .filter(target -> !target.isEmpty() && !target.equals(module(each)))
          .forEach(target -> add(found, module(each), target));
    }
    found.remove("");
    return found;
  }

  /** Returns the modules that handle or project each event. */
  Map<String, Set<String>> consumed() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass each : classes) {
      each.getMethods().stream()
          .flatMap(method -> consumedType(method).stream())
          .flatMap(ServiceClasses::events)
          .forEach(event -> add(found, event, module(each)));
    }
    return found;
  }

  /** Returns the modules that create each event. */
  Map<String, Set<String>> published() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass each : classes) {
      each.getConstructorCallsFromSelf().stream()
          .map(JavaConstructorCall::getTargetOwner)
          .filter(target -> EVENTS.containsKey(target.getName()))
          .forEach(target -> add(found, target.getSimpleName(), module(each)));
    }
    return found;
  }

  private static Map<String, String> events() {
    Map<String, String> names = new TreeMap<>();
    EventTypes.all().values().forEach(type -> names.put(type.getName(), type.getSimpleName()));
    return names;
  }

  /** Returns the type that a handler receives, or whose projection a method declares. */
  private static Optional<String> consumedType(JavaMethod method) {
    if (method.isAnnotatedWith(ON_EVENT)) {
      return Optional.of(method.getRawParameterTypes().getFirst().getName());
    }
    if (method.getRawReturnType().getName().equals(PROJECTION)
        && method.getReturnType() instanceof JavaParameterizedType projection) {
      return Optional.of(projection.getActualTypeArguments().getFirst().toErasure().getName());
    }
    return Optional.empty();
  }

  /**
   * Returns the events that a handler receives. A handler of a service's sealed interface receives
   * each of its events.
   */
  private static Stream<String> events(String parameter) {
    return EventTypes.all().values().stream()
        .filter(type ->
            type.getName().equals(parameter)
                || Stream.of(type.getInterfaces())
                    .anyMatch(each -> each.getName().equals(parameter)))
        .map(Class::getSimpleName);
  }

  private String module(JavaClass type) {
    String prefix = base + ".";
    if (!type.getPackageName().startsWith(prefix)) {
      return "";
    }
    return type.getPackageName().substring(prefix.length()).replaceFirst("\\..*", "");
  }

  private static void add(Map<String, Set<String>> map, String key, String value) {
    map.computeIfAbsent(key, each -> new TreeSet<>()).add(value);
  }
}
