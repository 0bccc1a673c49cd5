package io.plumbline.launcher.installation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An application of the platform, as far as its launch differs from the others'.
 *
 * @param heap megabytes
 * @param hot on the inference path or computing, so worth the optimising compiler
 */
public record Application(String name, String module, int port, int heap, boolean hot) {

  public static final Application COMPLIANCE = service("compliance", 8108, 144, false);
  public static final Application GATEWAY = new Application("gateway", "gateway", 8080, 128, true);

  /**
   * The applications, those with the longest start first: with two cores, what starts last decides
   * when all are ready.
   */
  private static final List<Application> ALL =
      List.of(
          service("inference", 8107, 256, true),
          service("evaluation", 8106, 160, false),
          COMPLIANCE,
          service("training", 8104, 160, false),
          service("dataset-registry", 8103, 224, true),
          service("strategy", 8101, 128, false),
          service("prompt-registry", 8102, 128, false),
          service("model-registry", 8105, 128, false),
          GATEWAY);

  public static List<Application> values() {
    return ALL;
  }

  public static Optional<Application> named(String name) {
    return ALL.stream().filter(application -> application.name().equals(name)).findFirst();
  }

  public static List<String> topics() {
    return ALL.stream()
        .filter(Application::hasDatabase)
        .map(application -> "plumbline." + application.name())
        .sorted()
        .toList();
  }

  private static Application service(String name, int port, int heap, boolean hot) {
    return new Application(name, "services/" + name, port, heap, hot);
  }

  public boolean hasDatabase() {
    return !name.equals("gateway");
  }

  public String database() {
    return name.replace('-', '_');
  }

  /** Returns the application's name as part of the name of an environment variable. */
  public String variableName() {
    return database().toUpperCase(Locale.ROOT);
  }
}
