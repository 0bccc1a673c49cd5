package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Archives;
import io.plumbline.launcher.installation.DemoUser;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.installation.SharedFolder;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import io.plumbline.launcher.process.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The identity provider with the realm of the repository. */
public record Keycloak(Layout layout, Secrets secrets) implements Component {

  /** The environment variable with the address of the gateway, as browsers know it. */
  static final String EXTERNAL_URL = "PLUMBLINE_GATEWAY_EXTERNAL_URL";

  /** The client that reads administrative events, and may do nothing else. */
  static final String EVENTS_CLIENT = "compliance-events";

  private static final int USUAL_PORT = 8180;
  private static final String DATA = "data";
  private static final String FORK_JOIN_THREADS =
      "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory";
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xms64m",
          "-Xmx256m",
          "-XX:MetaspaceSize=96m",
          "-XX:MaxMetaspaceSize=256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders",
          "-XX:ReservedCodeCacheSize=96m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dfile.encoding=UTF-8",
          "-Duser.language=en",
          "-Duser.country=US",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED");

  @Override
  public String name() {
    return "keycloak";
  }

  @Override
  public int port() {
    return layout.port(USUAL_PORT);
  }

  private String url() {
    return "http://127.0.0.1:" + port();
  }

  String issuer() {
    return url() + "/realms/plumbline";
  }

  String tokenUri() {
    return issuer() + "/protocol/openid-connect/token";
  }

  String keysUri() {
    return issuer() + "/protocol/openid-connect/certs";
  }

  @Override
  public void unpack() {
    Path built = server().resolve("built-for-plumbline");
    new SharedFolder(server(), built).makeUnlessComplete(() -> build(built));
  }

  private void build(Path built) {
    Path server = server();
    Archives.unzip(layout.distribution("keycloak-quarkus-dist-"), server);
    new ChildProcess(
            "keycloak build",
            List.of("sh", server.resolve("bin/kc.sh").toString(), "build", "--db=postgres"),
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            server,
            layout.log(name()))
        .run(Duration.ofMinutes(5));
    try {
      Files.createFile(built);
    } catch (IOException e) {
      throw cannotPrepare(e);
    }
  }

  @Override
  public void prepare() {
    unpack();
    Path realms = home().resolve(DATA).resolve("import");
    try {
      Files.createDirectories(realms);
      linkToServer();
      Files.writeString(
          realms.resolve("plumbline-realm.json"),
          LocalRealm.of(layout.realm(), layout.localRealm()).toPrettyString());
    } catch (IOException e) {
      throw cannotPrepare(e);
    }
  }

  /**
   * Links what the installation only reads. Each installation has a data folder of its own beside
   * the links.
   */
  private void linkToServer() throws IOException {
    try (Stream<Path> entries = Files.list(server())) {
      for (Path entry : entries.filter(path -> !path.endsWith(DATA)).toList()) {
        Path link = home().resolve(entry.getFileName());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, entry);
      }
    }
  }

  private LauncherException cannotPrepare(IOException cause) {
    return new LauncherException(
        "Cannot prepare Keycloak in " + home() + ": " + cause.getMessage(), cause);
  }

  /**
   * Returns the command that kc.sh would run, without the shell in between, so that the recorded
   * pid is the server's own.
   */
  @Override
  public ChildProcess process() {
    return new ChildProcess(
        name(), archive().startCommand(), environment(), home(), layout.log(name()));
  }

  @Override
  public Optional<ClassArchive> classArchive() {
    return Optional.of(archive());
  }

  private ClassArchive archive() {
    return new ClassArchive(name(), server().resolve("lib"), this::command, layout);
  }

  private List<String> command(List<String> flags) {
    List<String> command = new ArrayList<>(List.of(Jvm.javaExecutable()));
    command.addAll(JAVA_OPTIONS);
    command.addAll(flags);
    command.addAll(
        List.of(
            "-Dkc.home.dir=" + home(),
            "-Djboss.server.config.dir=" + home().resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true",
            "-Dquarkus-log-max-startup-records=10000",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=" + FORK_JOIN_THREADS,
            "-cp",
            server().resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
            "start",
            "--optimized",
            "--cache=local",
            "--import-realm",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port(),
            "--hostname=" + url(),
            // Scripts sign one person in several times at once; only here do they do it by
            // password.
            "--spi-brute-force-protector--default-brute-force-detector"
                + "--allow-concurrent-requests=true",
            "--db-pool-initial-size=1",
            "--db-pool-min-size=1",
            "--db-pool-max-size=10"));
    return command;
  }

  @Override
  public boolean isReady() {
    return Readiness.isReady(issuer());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("KC_DB_URL", new Postgres(layout, secrets).url("keycloak"));
    environment.put("KC_DB_USERNAME", Databases.ownerRole("keycloak"));
    environment.put("KC_DB_PASSWORD", secrets.database(Databases.ownerRole("keycloak")));
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.get("keycloak/admin"));
    environment.put(EXTERNAL_URL, layout.replica(Application.GATEWAY, 1).url());
    for (Application application : Application.values()) {
      environment.put(
          "PLUMBLINE_CLIENT_" + variable(application.name()), secrets.client(application.name()));
    }
    environment.put("PLUMBLINE_CLIENT_COMPLIANCE_EVENTS", secrets.client(EVENTS_CLIENT));
    for (DemoUser user : DemoUser.values()) {
      environment.put("PLUMBLINE_PERSON_" + variable(user.name()), secrets.person(user.name()));
    }
    return environment;
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private Path home() {
    return layout.data(name());
  }

  private Path server() {
    String archive = String.valueOf(layout.distribution("keycloak-quarkus-dist-").getFileName());
    return layout.serverFolder(
        "keycloak-" + archive.substring(archive.lastIndexOf('-') + 1, archive.lastIndexOf('.')));
  }
}
