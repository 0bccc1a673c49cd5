package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import io.plumbline.launcher.process.Readiness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts one application from its extracted jar, with the AOT cache when there is one. */
public record ApplicationProcess(
    Application application, AotCache cache, Layout layout, Secrets secrets) implements Component {

  @Override
  public String name() {
    return application.name();
  }

  @Override
  public int port() {
    return application.port();
  }

  @Override
  public void prepare() {
    cache.extract();
    cache.dropEarlier();
  }

  /** The path of the extracted jar contains its digest. */
  @Override
  public boolean outdated(ProcessHandle running) {
    return running
        .info()
        .commandLine()
        .map(line -> !line.contains(cache.extracted().toString()))
        .orElse(false);
  }

  @Override
  public ChildProcess process() {
    return process(cache.flag(), layout.log(name()));
  }

  /** A run that ends when the context is built, and leaves the cache for the next start. */
  public ChildProcess training() {
    return process(
        List.of(cache.trainingFlag(), "-Dspring.context.exit=onRefresh"),
        layout.log(name() + "-aot"));
  }

  @Override
  public boolean ready() {
    return Readiness.ok(application.url() + "/actuator/health/readiness");
  }

  private ChildProcess process(List<String> more, Path log) {
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(Jvm.flags(application.heap(), !application.hot()));
    command.addAll(more);
    command.addAll(List.of("-jar", cache.extracted().toString()));
    return new ChildProcess(name(), command, environment(), layout.home(), log);
  }

  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SERVER_PORT", Integer.toString(application.port()));
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    if (application.hasDatabase()) {
      String database = application.database();
      environment.put("SPRING_DATASOURCE_URL", Postgres.url(database));
      environment.put("SPRING_DATASOURCE_USERNAME", Databases.app(database));
      environment.put("SPRING_DATASOURCE_PASSWORD", secrets.database(Databases.app(database)));
      environment.put("SPRING_FLYWAY_USER", Databases.owner(database));
      environment.put("SPRING_FLYWAY_PASSWORD", secrets.database(Databases.owner(database)));
    }
    environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", Kafka.bootstrapServers());
    environment.put("PLUMBLINE_SECURITY_ISSUER", Keycloak.ISSUER);
    environment.put(
        "PLUMBLINE_SECURITY_JWK_SET_URI", Keycloak.ISSUER + "/protocol/openid-connect/certs");
    environment.put(
        "PLUMBLINE_SECURITY_TOKEN_URI", Keycloak.ISSUER + "/protocol/openid-connect/token");
    environment.put("PLUMBLINE_SECURITY_CLIENT_SECRET", secrets.client(name()));
    environment.put("PLUMBLINE_BLOBS_DIRECTORY", layout.blobs().toString());
    environment.put(
        "PLUMBLINE_INDEXES_DIRECTORY", layout.home().resolve("data/indexes").toString());
    environment.put(
        "PLUMBLINE_TRAINING_DIRECTORY", layout.home().resolve("data/training").toString());
    environment.put(
        "PLUMBLINE_LEDGER_KEY_DIRECTORY", layout.home().resolve("data/ledger-key").toString());
    environment.put("PLUMBLINE_PROVIDERS_SECRET_KEYS", secrets.providerKey());
    for (Application other : Application.values()) {
      environment.put("PLUMBLINE_SERVICES_" + other.variable() + "_URL", other.url());
    }
    return environment;
  }
}
