package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Replica;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.process.ProcessTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The components of this installation and the table of their processes.
 *
 * @param ofRunning whether the applications are of the builds that were started, or of those that
 *     are in the source tree now
 */
public record Platform(Layout layout, Secrets secrets, ProcessTable table, boolean ofRunning) {

  public static final String CACHE_MAKER = "aot-caches";
  public static final String SUPERVISOR = "supervisor";

  public static Platform at(Layout layout) {
    layout.create();
    return new Platform(
        layout, Secrets.at(layout.secrets()), new ProcessTable(layout.processFolder()), false);
  }

  /** Returns the platform as it was started, whatever was built since. */
  public Platform asStarted() {
    return new Platform(layout, secrets, table, true);
  }

  public Postgres postgres() {
    return new Postgres(layout, secrets);
  }

  /** Returns the components that must be up before all others. */
  public List<Component> foundations() {
    return foundations(layout, secrets);
  }

  private static List<Component> foundations(Layout layout, Secrets secrets) {
    List<Component> foundations =
        new ArrayList<>(List.of(new Postgres(layout, secrets), new Kafka(layout, secrets)));
    if (layout.replicaCount().get() > 1) {
      foundations.add(new Redis(layout, secrets));
    }
    return foundations;
  }

  /**
   * Returns every port that no provider may have: all that the platform listens on, whether or not
   * a component is built and running, from the same lists as what is started. In the tests these
   * include the ports of the main installation, because tests call hostile addresses on purpose.
   */
  static SortedSet<Integer> ports(Layout layout, Secrets secrets) {
    SortedSet<Integer> ports = ownPorts(layout, secrets);
    ports.addAll(ownPorts(layout.main(), secrets));
    return ports;
  }

  private static SortedSet<Integer> ownPorts(Layout layout, Secrets secrets) {
    SortedSet<Integer> ports = new TreeSet<>();
    foundations(layout, secrets).forEach(component -> ports.addAll(component.ports()));
    ports.addAll(new Keycloak(layout, secrets).ports());
    Application.values().stream()
        .flatMap(application -> layout.replicas(application).stream())
        .forEach(replica -> ports.addAll(replica.ports()));
    return ports;
  }

  /**
   * Returns Keycloak and the applications that have been built. A part of the platform can run
   * without the rest.
   */
  public List<Component> dependents() {
    List<Component> components = new ArrayList<>(List.of(new Keycloak(layout, secrets)));
    components.addAll(applications());
    return components;
  }

  /**
   * Returns the first process of each application that has been built. The other processes are
   * {@link #furtherReplicas()}.
   */
  public List<ApplicationProcess> applications() {
    return Application.values().stream()
        .flatMap(application -> applicationProcess(layout.replica(application, 1)).stream())
        .toList();
  }

  /**
   * Returns the further processes of each application that has been built. They start when the
   * first ones have made what all share.
   */
  public List<Component> furtherReplicas() {
    return Application.values().stream()
        .flatMap(application -> layout.replicas(application).stream().skip(1))
        .<Component>flatMap(replica -> applicationProcess(replica).stream())
        .toList();
  }

  /** Returns the process of a replica; empty if its application has not been built. */
  public Optional<ApplicationProcess> applicationProcess(Replica replica) {
    Application application = replica.application();
    return layout
        .jar(application)
        .map(jar -> new ApplicationProcess(replica, cacheOf(application, jar), layout, secrets));
  }

  private AotCache cacheOf(Application application, Path jar) {
    if (ofRunning) {
      return AotCache.ofRunning(application, jar, layout);
    }
    return new AotCache(application, jar, layout);
  }

  public List<Component> components() {
    return Stream.of(foundations(), dependents(), furtherReplicas()).flatMap(List::stream).toList();
  }

  /** Returns the names of the processes of all applications, built or not. */
  public List<String> applicationNames() {
    return Application.values().stream()
        .flatMap(application -> layout.replicas(application).stream())
        .map(Replica::name)
        .toList();
  }

  /** Returns the addresses of all gateways. */
  public List<String> gatewayUrls() {
    return layout.replicas(Application.GATEWAY).stream().map(Replica::url).toList();
  }

  public List<String> notBuilt() {
    return Application.values().stream()
        .filter(application -> layout.jar(application).isEmpty())
        .map(Application::name)
        .toList();
  }

  public AccessFile accessFile() {
    return new AccessFile(layout, secrets);
  }
}
