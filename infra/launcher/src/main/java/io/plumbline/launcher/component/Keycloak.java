package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Archives;
import io.plumbline.launcher.installation.DemoUser;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
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

/** The identity provider with the realm of the repository. */
public record Keycloak(Layout layout, Secrets secrets) implements Component {

  static final int PORT = 8180;
  static final String URL = "http://127.0.0.1:" + PORT;
  public static final String ISSUER = URL + "/realms/plumbline";
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
    return PORT;
  }

  @Override
  public void unpack() {
    Path home = home();
    Archives.unzip(layout.distribution("keycloak-quarkus-dist-"), home);
    Path built = home.resolve("built-for-plumbline");
    try {
      if (!Files.exists(built)) {
        new ChildProcess(
                "keycloak build",
                List.of("sh", home.resolve("bin/kc.sh").toString(), "build", "--db=postgres"),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                home,
                layout.log(name()))
            .run(Duration.ofMinutes(5));
        Files.createFile(built);
      }
    } catch (IOException e) {
      throw cannotPrepare(e);
    }
  }

  @Override
  public void prepare() {
    unpack();
    Path realms = home().resolve("data/import");
    try {
      Files.createDirectories(realms);
      Files.writeString(
          realms.resolve("plumbline-realm.json"),
          LocalRealm.of(layout.realm(), layout.localRealm()).toPrettyString());
    } catch (IOException e) {
      throw cannotPrepare(e);
    }
  }

  private LauncherException cannotPrepare(IOException cause) {
    return new LauncherException(
        "Cannot prepare Keycloak in " + home() + ": " + cause.getMessage(), cause);
  }

  /** What kc.sh would run, without the shell in between: the recorded pid is the server's own. */
  @Override
  public ChildProcess process() {
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(JAVA_OPTIONS);
    command.addAll(Jvm.sharedClasses(layout.home().resolve("keycloak.jsa")));
    command.addAll(
        List.of(
            "-Dkc.home.dir=" + home(),
            "-Djboss.server.config.dir=" + home().resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true",
            "-Dquarkus-log-max-startup-records=10000",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=" + FORK_JOIN_THREADS,
            "-cp",
            home().resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
            "start",
            "--optimized",
            "--cache=local",
            "--import-realm",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + PORT,
            "--hostname=" + URL,
            // Scripts sign one person in several times at once; only here do they do it by
            // password.
            "--spi-brute-force-protector--default-brute-force-detector"
                + "--allow-concurrent-requests=true",
            "--db-pool-initial-size=1",
            "--db-pool-min-size=1",
            "--db-pool-max-size=10"));
    return new ChildProcess(name(), command, environment(), home(), layout.log(name()));
  }

  @Override
  public boolean ready() {
    return Readiness.ok(ISSUER);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("KC_DB_URL", Postgres.url("keycloak"));
    environment.put("KC_DB_USERNAME", Databases.owner("keycloak"));
    environment.put("KC_DB_PASSWORD", secrets.database(Databases.owner("keycloak")));
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.get("keycloak/admin"));
    environment.put("PLUMBLINE_GATEWAY_EXTERNAL_URL", "http://127.0.0.1:8080");
    for (Application application : Application.values()) {
      environment.put(
          "PLUMBLINE_CLIENT_" + variable(application.name()), secrets.client(application.name()));
    }
    for (DemoUser user : DemoUser.values()) {
      environment.put("PLUMBLINE_PERSON_" + variable(user.name()), secrets.person(user.name()));
    }
    return environment;
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private Path home() {
    String archive = String.valueOf(layout.distribution("keycloak-quarkus-dist-").getFileName());
    return layout.unpacked(
        "keycloak-" + archive.substring(archive.lastIndexOf('-') + 1, archive.lastIndexOf('.')));
  }
}
