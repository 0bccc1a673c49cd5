package io.plumbline.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The components of this installation and what is known of their processes. */
record Platform(Layout layout, Secrets secrets, ProcessTable table) {

  static final String CACHE_MAKER = "aot-caches";

  static Platform at(Layout layout) {
    layout.create();
    return new Platform(layout, Secrets.at(layout.secrets()), new ProcessTable(layout.processes()));
  }

  Postgres postgres() {
    return new Postgres(layout, secrets);
  }

  /** What everything else needs to be there first. */
  List<Component> foundations() {
    return List.of(postgres(), new Kafka(layout));
  }

  /**
   * Keycloak and the applications that have been built; a slice of the platform can run without the
   * rest.
   */
  List<Component> upperFloors() {
    List<Component> components = new ArrayList<>(List.of(new Keycloak(layout, secrets)));
    components.addAll(applications());
    return components;
  }

  List<ApplicationProcess> applications() {
    return Application.values().stream()
        .flatMap(application -> process(application).stream())
        .toList();
  }

  Optional<ApplicationProcess> process(Application application) {
    return layout
        .jar(application)
        .map(jar ->
            new ApplicationProcess(
                application, new AotCache(application, jar, layout), layout, secrets));
  }

  List<Component> components() {
    return Stream.concat(foundations().stream(), upperFloors().stream()).toList();
  }

  List<String> notBuilt() {
    return Application.values().stream()
        .filter(application -> layout.jar(application).isEmpty())
        .map(Application::name)
        .toList();
  }
}
