package io.plumbline.training.executor;

import java.util.List;
import java.util.Map;

/**
 * How a second JVM finds the classes of this one: a plain class path, or a Boot jar that has to
 * unpack itself.
 */
record ClassPath(String path, List<String> arguments) {

  static ClassPath of(Class<?> main) {
    String path = System.getProperty("java.class.path");
    boolean nested =
        main.getProtectionDomain().getCodeSource().getLocation().getProtocol().equals("jar");
    return nested
        ? new ClassPath(
            path,
            List.of(
                "-Dloader.main=" + main.getName(),
                "org.springframework.boot.loader.launch.PropertiesLauncher"))
        : new ClassPath(path, List.of(main.getName()));
  }

  /** The child inherits nothing else: the service's environment holds passwords. */
  void describe(ProcessBuilder builder) {
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("CLASSPATH", path);
    builder.command().addAll(arguments);
  }
}
