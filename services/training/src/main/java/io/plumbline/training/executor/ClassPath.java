package io.plumbline.training.executor;

import java.util.List;
import java.util.Map;

/**
 * The class path and arguments with which a second JVM finds the classes of this one. Classes
 * nested in a Boot jar can only be loaded by its own launcher.
 */
record ClassPath(String path, List<String> arguments) {

  static ClassPath of(Class<?> main) {
    String path = System.getProperty("java.class.path");
    boolean nested =
        main.getProtectionDomain().getCodeSource().getLocation().getProtocol().equals("jar");
    if (!nested) {
      return new ClassPath(path, List.of(main.getName()));
    }
    return new ClassPath(
        path,
        List.of(
            "-Dloader.main=" + main.getName(),
            "org.springframework.boot.loader.launch.PropertiesLauncher"));
  }

  /**
   * Adds the class path and the arguments to a process. It inherits no other environment variables,
   * because those of the service contain passwords.
   */
  void addTo(ProcessBuilder builder) {
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("CLASSPATH", path);
    builder.command().addAll(arguments);
  }
}
