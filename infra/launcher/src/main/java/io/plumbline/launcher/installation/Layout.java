package io.plumbline.launcher.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of an installation: the source tree at {@code root}, its state in a folder of its
 * own, and the unpacked builds, which both installations of a checkout read.
 */
public record Layout(Path root, Installation installation) {

  public Layout {
    root = root.toAbsolutePath().normalize();
  }

  public Layout(Path root) {
    this(root, Installation.MAIN);
  }

  /** Returns the installation that people use. */
  public Layout main() {
    return new Layout(root);
  }

  /** Returns the folder of everything that the installation keeps. */
  public Path home() {
    return installation.home(plumblineFolder());
  }

  private Path plumblineFolder() {
    return root.resolve(".plumbline");
  }

  public PortOffset portOffset() {
    return new PortOffset(plumblineFolder().resolve("port-offset"));
  }

  /** Returns the port that this installation uses in place of a usual one. */
  public int port(int usual) {
    return usual + portOffset().get() + installation.portOffset();
  }

  public Replica replica(Application application, int number) {
    return new Replica(application, number, port(0));
  }

  /** Returns all replicas of an application that this installation runs. */
  public List<Replica> replicas(Application application) {
    return Replica.of(application, replicaCount().get(), port(0));
  }

  public Path secrets() {
    return home().resolve("secrets.json");
  }

  public Path accessFile() {
    return home().resolve("access.json");
  }

  public ReplicaCount replicaCount() {
    return new ReplicaCount(home().resolve("replicas"));
  }

  public OperatorEnvironment operatorEnvironment() {
    return new OperatorEnvironment(home().resolve("environment"));
  }

  public Path lock() {
    return home().resolve("lock");
  }

  public Path processFolder() {
    return home().resolve("run");
  }

  public Path log(String name) {
    return home().resolve("logs").resolve(name + ".log");
  }

  public Path logs() {
    return home().resolve("logs");
  }

  public Path data(String name) {
    return home().resolve("data").resolve(name);
  }

  /** Returns the folder of the ledger's key pair. */
  public Path ledgerKeys() {
    return data("ledger-key");
  }

  public Path ledgerPublicKey() {
    return ledgerKeys().resolve(LedgerPin.PUBLIC_KEY);
  }

  /** Returns the pinned keys and first head of the ledger, which the services trust. */
  public LedgerPin ledgerPin() {
    return new LedgerPin(home().resolve("ledger-pin"), ledgerKeys());
  }

  public Path blobs() {
    return data("blobs");
  }

  /** Returns the folder of an unpacked server, which is only read once it is complete. */
  public Path serverFolder(String name) {
    return plumblineFolder().resolve("servers").resolve(name);
  }

  /**
   * Returns the builds of an application that were taken apart; only read once they are complete.
   */
  public Path applicationBuilds(String name) {
    return plumblineFolder().resolve("applications").resolve(name);
  }

  /** Returns the file that names the build of an application that this installation runs. */
  public Path usedBuild(String name) {
    return home().resolve("builds").resolve(name);
  }

  public boolean isMain() {
    return installation == Installation.MAIN;
  }

  public Path realm() {
    return root.resolve("infra/keycloak/plumbline-realm.json");
  }

  /**
   * Returns the file of what the realm has on this machine only: people with passwords, and a
   * client for them.
   */
  public Path localRealm() {
    return root.resolve("infra/keycloak/local-realm.json");
  }

  /** Returns the file of the topics that each service consumes. */
  public Path subscriptions() {
    return root.resolve("infra/kafka/subscriptions.json");
  }

  public Path launcherTarget() {
    return root.resolve("infra/launcher/target");
  }

  public Path serverJars() {
    return launcherTarget().resolve("lib");
  }

  /** Returns the downloaded file of a server, by the beginning of its name. */
  public Path distribution(String prefix) {
    Path directory = launcherTarget().resolve("dist");
    return findFile(directory, prefix, "")
        .orElseThrow(() ->
            new LauncherException(
                directory
                    + " has no "
                    + prefix
                    + "*: the build did not download it. Run `./mvnw -pl infra/launcher package`"
                    + " and read why."));
  }

  /** Returns the executable jar of an application, if it has been built. */
  public Optional<Path> jar(Application application) {
    return findFile(
        root.resolve(application.module()).resolve("target"), application.name(), ".jar");
  }

  public void create() {
    try {
      Files.createDirectories(
          home(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      for (Path directory : new Path[] {logs(), processFolder(), blobs()}) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new LauncherException(
          "Cannot create "
              + home()
              + ": "
              + e.getMessage()
              + ". Plumbline keeps its state there; make the folder writable.",
          e);
    }
  }

  private static Optional<Path> findFile(Path directory, String prefix, String suffix) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> matches(file.getFileName().toString(), prefix, suffix))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean matches(String name, String prefix, String suffix) {
    return name.startsWith(prefix)
        && name.endsWith(suffix)
        && !name.endsWith("-sources.jar")
        && !name.endsWith("-javadoc.jar")
        && !name.endsWith("-tests.jar");
  }
}
