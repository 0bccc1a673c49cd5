package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.process.ProcessTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The components of this installation and the table of their processes. */
public record Platform(Layout layout, Secrets secrets, ProcessTable table) {

  public static final String CACHE_MAKER = "aot-caches";

  public static Platform at(Layout layout) {
    layout.create();
    return new Platform(layout, Secrets.at(layout.secrets()), new ProcessTable(layout.processes()));
  }

  public Postgres postgres() {
    return new Postgres(layout, secrets);
  }

  /** What everything else needs to be there first. */
  public List<Component> foundations() {
    return List.of(postgres(), new Kafka(layout));
  }

  /**
   * Keycloak and the applications that have been built; a slice of the platform can run without the
   * rest.
   */
  public List<Component> dependents() {
    List<Component> components = new ArrayList<>(List.of(new Keycloak(layout, secrets)));
    components.addAll(applications());
    return components;
  }

  public List<ApplicationProcess> applications() {
    return Application.values().stream()
        .flatMap(application -> process(application).stream())
        .toList();
  }

  public Optional<ApplicationProcess> process(Application application) {
    return layout
        .jar(application)
        .map(jar ->
            new ApplicationProcess(
                application, new AotCache(application, jar, layout), layout, secrets));
  }

  public List<Component> components() {
    return Stream.concat(foundations().stream(), dependents().stream()).toList();
  }

  public List<String> notBuilt() {
    return Application.values().stream()
        .filter(application -> layout.jar(application).isEmpty())
        .map(Application::name)
        .toList();
  }

  public AccessFile accessFile() {
    return new AccessFile(layout.access(), secrets);
  }
}
