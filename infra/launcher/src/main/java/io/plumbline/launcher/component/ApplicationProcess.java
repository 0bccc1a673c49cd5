package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.LedgerPin;
import io.plumbline.launcher.installation.Replica;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import io.plumbline.launcher.process.Readiness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Starts one replica of an application from the extracted jar, with the AOT cache if it is there.
 */
public record ApplicationProcess(Replica replica, AotCache cache, Layout layout, Secrets secrets)
    implements Component {

  @Override
  public String name() {
    return replica.name();
  }

  @Override
  public int port() {
    return replica.port();
  }

  private Application application() {
    return replica.application();
  }

  private Postgres postgres() {
    return new Postgres(layout, secrets);
  }

  @Override
  public List<Integer> ports() {
    return replica.ports();
  }

  @Override
  public void unpack() {
    cache.extract();
  }

  @Override
  public void prepare() {
    unpack();
    cache.activate();
  }

  /**
   * Migrates the schema before the first replica starts; the other replicas start after that one.
   * Only the process that migrates gets the password of the schema's owner.
   */
  @Override
  public void initialize() {
    if (application().hasDatabase() && replica.number() == 1) {
      new SchemaMigration(
              postgres(),
              application().database(),
              cache.extractedJar(),
              cache.buildName(),
              migrationEnvironment(),
              layout.log(name()))
          .run();
    }
  }

  Map<String, String> migrationEnvironment() {
    String database = application().database();
    return Map.of(
        "SPRING_DATASOURCE_URL",
        postgres().url(database),
        "SPRING_DATASOURCE_USERNAME",
        Databases.appRole(database),
        "PLUMBLINE_MIGRATION_USERNAME",
        Databases.ownerRole(database),
        "PLUMBLINE_MIGRATION_PASSWORD",
        secrets.database(Databases.ownerRole(database)));
  }

  /**
   * Returns whether the process runs another build, by the path of the extracted jar, which
   * contains its digest.
   */
  @Override
  public boolean isOutdated(ProcessHandle running) {
    return running
        .info()
        .commandLine()
        .map(line -> !line.contains(cache.extractedJar().toString()))
        .orElse(false);
  }

  @Override
  public ChildProcess process() {
    return process(cache.cacheFlags(), layout.log(name()));
  }

  /** Returns a run that ends when the context is built, and leaves the cache for the next start. */
  public ChildProcess trainingProcess() {
    return process(
        List.of(cache.trainingFlag(), "-Dspring.context.exit=onRefresh"),
        layout.log(name() + "-aot"));
  }

  @Override
  public boolean isReady() {
    return Readiness.isReady(replica.readinessUrl());
  }

  private ChildProcess process(List<String> more, Path log) {
    List<String> command = new ArrayList<>(List.of(Jvm.javaExecutable()));
    command.addAll(Jvm.flags(application().heap(), !application().hot()));
    command.addAll(more);
    command.addAll(List.of("-jar", cache.extractedJar().toString()));
    return new ChildProcess(name(), command, environment(), layout.home(), log);
  }

  /**
   * Returns the environment of the process: the operator's settings, which the launcher's own
   * settings override, and no more than this application needs. Its secrets are given to no other
   * application.
   */
  public Map<String, String> environment() {
    Map<String, String> environment =
        new LinkedHashMap<>(
            layout.operatorEnvironment().variablesNotInShell(name -> System.getenv(name) != null));
    addExternalUrl(environment);
    environment.put("SERVER_PORT", Integer.toString(replica.port()));
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(replica.managementPort()));
    String application = application().name();
    if (application().hasDatabase()) {
      String database = application().database();
      environment.put("SPRING_DATASOURCE_URL", postgres().url(database));
      environment.put("SPRING_DATASOURCE_USERNAME", Databases.appRole(database));
      environment.put("SPRING_DATASOURCE_PASSWORD", secrets.database(Databases.appRole(database)));
      environment.put("PLUMBLINE_EVENTS_SIGNING_KEY", secrets.eventSigningKey(application));
      environment.putAll(secrets.eventVerificationKeys());
      environment.putAll(new Kafka(layout, secrets).environment(application));
      environment.put("PLUMBLINE_BLOBS_DIRECTORY", layout.blobs().toString());
      LedgerPin pin = layout.ledgerPin();
      environment.put("PLUMBLINE_LEDGER_PUBLIC_KEYS", String.join(",", pin.publicKeys()));
      environment.put("PLUMBLINE_LEDGER_FIRST_HEAD", pin.firstHead());
    }
    Keycloak keycloak = new Keycloak(layout, secrets);
    environment.put("PLUMBLINE_SECURITY_ISSUER", keycloak.issuer());
    environment.put("PLUMBLINE_SECURITY_JWK_SET_URI", keycloak.keysUri());
    environment.put("PLUMBLINE_SECURITY_TOKEN_URI", keycloak.tokenUri());
    environment.put("PLUMBLINE_SECURITY_CLIENT_SECRET", secrets.client(application));
    environment.putAll(ownVariables());
    for (Application other : Application.values()) {
      environment.put("PLUMBLINE_SERVICES_" + other.variableName() + "_URL", addressesOf(other));
    }
    return environment;
  }

  /**
   * Returns the addresses at which this process calls another application. The gateway balances
   * requests over all replicas; the others call the replica of their own number, so that each
   * replica has work.
   */
  private String addressesOf(Application other) {
    if (application().hasDatabase()) {
      return layout.replica(other, replica.number()).url();
    }
    return layout.replicas(other).stream().map(Replica::url).collect(Collectors.joining(","));
  }

  /** Returns the variables that no other application gets. */
  private Map<String, String> ownVariables() {
    return switch (application().name()) {
      case "compliance" ->
          Map.of(
              "PLUMBLINE_LEDGER_KEY_DIRECTORY",
              layout.ledgerKeys().toString(),
              "PLUMBLINE_IDENTITY_EVENTS_CLIENT_SECRET",
              secrets.client(Keycloak.EVENTS_CLIENT),
              "PLUMBLINE_EVIDENCE_URL",
              postgres().url("{database}"),
              "PLUMBLINE_EVIDENCE_USERNAME",
              Databases.AUDITOR,
              "PLUMBLINE_EVIDENCE_PASSWORD",
              secrets.database(Databases.AUDITOR));
      case "training" -> Map.of("PLUMBLINE_TRAINING_DIRECTORY", ownData("training"));
      case "inference" ->
          Map.of(
              "PLUMBLINE_RELEASES_INSTANCE",
              name(),
              "PLUMBLINE_INDEXES_DIRECTORY",
              ownData("indexes"),
              // All replicas share the folder: one ships the traces that another leaves behind.
              "PLUMBLINE_TRACES_DIRECTORY",
              layout.data("traces").toString(),
              "PLUMBLINE_PROVIDERS_PLATFORM_PORTS",
              Platform.ports(layout, secrets).stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(",")),
              "PLUMBLINE_PROVIDERS_SECRET_KEYS",
              secrets.providerEncryptionKey(),
              "PLUMBLINE_RESPONSES_KEYS",
              secrets.responseKey(),
              "PLUMBLINE_API_KEYS_MAC_KEYS",
              secrets.apiKeyMacKey());
      case "gateway" ->
          layout.replicaCount().get() > 1 ? new Redis(layout, secrets).environment() : Map.of();
      default -> Map.of();
    };
  }

  /** Adds the address by which browsers know all gateways, unless the operator names another. */
  private void addExternalUrl(Map<String, String> environment) {
    if (!application().hasDatabase() && System.getenv(Keycloak.EXTERNAL_URL) == null) {
      environment.putIfAbsent(Keycloak.EXTERNAL_URL, layout.replica(Application.GATEWAY, 1).url());
    }
  }

  private String ownData(String name) {
    return layout.data(replica.numberedName(name)).toString();
  }
}
