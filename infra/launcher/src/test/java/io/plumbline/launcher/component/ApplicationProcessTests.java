package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Installation;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.PortOffset;
import io.plumbline.launcher.installation.ReplicaCount;
import io.plumbline.launcher.installation.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationProcessTests {

  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

  @TempDir Path root;

  @Test
  void every_service_has_a_topic_and_the_gateway_none() {
    assertThat(Application.topics())
        .containsExactly(
            "plumbline.compliance",
            "plumbline.dataset-registry",
            "plumbline.evaluation",
            "plumbline.inference",
            "plumbline.model-registry",
            "plumbline.prompt-registry",
            "plumbline.strategy",
            "plumbline.training");
  }

  /**
   * Checks the ports of the installations of all checkouts that have an offset of their own, and of
   * their tests.
   */
  @Test
  void no_port_is_used_twice_on_a_machine() {
    List<Integer> ports = new ArrayList<>();
    for (int offset = 0; offset <= PortOffset.MAX_OFFSET; offset += PortOffset.STEP) {
      for (Installation installation : Installation.values()) {
        ports.addAll(everyPort(new Layout(root.resolve(offset + ""), installation), offset));
      }
    }
    assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port > 1024 && port < 32_768);
    assertThat(ports).hasSize(7 * 2 * (9 * ReplicaCount.MAX_REPLICAS * 2 + 5));
  }

  private static List<Integer> everyPort(Layout layout, int offset) {
    layout.create();
    layout.portOffset().set(offset);
    layout.replicaCount().set(ReplicaCount.MAX_REPLICAS);
    Platform platform = Platform.at(layout);
    Keycloak keycloak = new Keycloak(layout, platform.secrets());
    return Stream.of(
            platform.foundations().stream().flatMap(component -> component.ports().stream()),
            keycloak.ports().stream(),
            Application.values().stream()
                .flatMap(application -> layout.replicas(application).stream())
                .flatMap(replica -> replica.ports().stream()))
        .flatMap(ports -> ports)
        .toList();
  }

  @Test
  void the_tests_have_addresses_and_folders_of_their_own() {
    Layout layout = new Layout(root, Installation.TESTS);
    layout.create();
    layout.portOffset().set(2_000);
    Secrets secrets = Secrets.at(layout.secrets());

    assertThat(environment("inference", layout, secrets))
        .containsEntry("SERVER_PORT", "10157")
        .containsEntry("MANAGEMENT_SERVER_PORT", "11157")
        .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:17482/inference")
        .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:21142")
        .containsEntry("PLUMBLINE_SECURITY_ISSUER", "http://127.0.0.1:10230/realms/plumbline")
        .containsEntry("PLUMBLINE_SERVICES_STRATEGY_URL", "http://127.0.0.1:10151")
        .containsEntry("PLUMBLINE_BLOBS_DIRECTORY", root + "/.plumbline/tests/data/blobs");
    assertThat(environment("gateway", layout, secrets))
        .containsEntry("PLUMBLINE_GATEWAY_EXTERNAL_URL", "http://127.0.0.1:10130");
  }

  /**
   * Checks the ports that no provider may have, because some of the tests call forbidden addresses
   * on purpose.
   */
  @Test
  void no_provider_of_the_tests_is_at_a_port_of_the_main_installation() {
    assertThat(platformPorts(new Layout(root, Installation.TESTS)))
        .contains("8107", "8157", "15432", "15482")
        .containsAll(platformPorts(new Layout(root)));
  }

  private List<String> platformPorts(Layout layout) {
    layout.create();
    return List.of(
        environment("inference", layout, Secrets.at(layout.secrets()))
            .getOrDefault("PLUMBLINE_PROVIDERS_PLATFORM_PORTS", "")
            .split(",", -1));
  }

  @Test
  void the_operator_may_name_another_address_of_the_gateway() throws IOException {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    assertThat(environment("gateway", layout, secrets))
        .containsEntry("PLUMBLINE_GATEWAY_EXTERNAL_URL", "http://127.0.0.1:8080");

    Files.writeString(
        layout.operatorEnvironment().file(), "PLUMBLINE_GATEWAY_EXTERNAL_URL=https://llm.example");

    assertThat(environment("gateway", layout, secrets))
        .containsEntry("PLUMBLINE_GATEWAY_EXTERNAL_URL", "https://llm.example");
    assertThat(environment("strategy", layout, secrets))
        .doesNotContainEntry("PLUMBLINE_GATEWAY_EXTERNAL_URL", "http://127.0.0.1:8080");
  }

  @Test
  void a_service_receives_its_own_database_and_every_address() {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    assertThat(environment("strategy", layout, secrets))
        .containsEntry("SERVER_PORT", "8101")
        .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:15432/strategy")
        .containsEntry("SPRING_DATASOURCE_USERNAME", "strategy_app")
        .containsEntry("PLUMBLINE_SECURITY_CLIENT_SECRET", secrets.client("strategy"))
        .containsEntry("PLUMBLINE_SERVICES_PROMPT_REGISTRY_URL", "http://127.0.0.1:8102")
        .doesNotContainKey("PLUMBLINE_SERVICE");
  }

  @Test
  void the_operators_variables_are_given_but_for_those_that_the_launcher_decides()
      throws IOException {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    Files.writeString(
        layout.operatorEnvironment().file(),
        """
        PLUMBLINE_PROVIDERS_TRUSTED_CERTIFICATES=/etc/ssl/company.pem
        PLUMBLINE_PROVIDERS_PLATFORM_PORTS=1
        """);

    assertThat(environment("inference", layout, secrets))
        .containsEntry("PLUMBLINE_PROVIDERS_TRUSTED_CERTIFICATES", "/etc/ssl/company.pem")
        .hasEntrySatisfying(
            "PLUMBLINE_PROVIDERS_PLATFORM_PORTS", ports -> assertThat(ports).contains("8107"));
  }

  @Test
  void a_service_receives_its_own_signing_key_and_the_public_keys_of_all() {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    Application strategy = Application.named("strategy").orElseThrow();

    var environment =
        new ApplicationProcess(
                layout.replica(strategy, 1), new AotCache(strategy, root, layout), layout, secrets)
            .environment();

    assertThat(environment)
        .containsEntry("PLUMBLINE_EVENTS_SIGNING_KEY", secrets.eventSigningKey("strategy"))
        .containsEntry(
            "PLUMBLINE_EVENTS_KEYS_PROMPT_REGISTRY",
            secrets.eventVerificationKey("prompt-registry"))
        .doesNotContainValue(secrets.eventSigningKey("compliance"));
    assertThat(environment.keySet())
        .filteredOn(name -> name.startsWith("PLUMBLINE_EVENTS_KEYS_"))
        .hasSize(8);
  }

  @Test
  void a_service_signs_in_to_the_broker_as_itself_and_the_gateway_not_at_all() {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    assertThat(environment("training", layout, secrets))
        .containsEntry("SPRING_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT")
        .hasEntrySatisfying(
            "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
            login ->
                assertThat(login)
                    .contains(
                        "username=\"training\" password=\"" + secrets.broker("training") + "\""));
    assertThat(environment("gateway", layout, secrets).keySet())
        .noneMatch(variable -> variable.startsWith("SPRING_KAFKA_"));
  }

  @Test
  void a_process_gets_its_own_secrets_and_no_other() {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    Map<String, Set<String>> holders = new TreeMap<>();
    for (Application application : Application.values()) {
      environment(application.name(), layout, secrets)
          .values()
          .forEach(value ->
              secrets.names().stream()
                  .filter(name -> !name.endsWith("/public"))
                  .filter(secret -> value.contains(secrets.get(secret)))
                  .forEach(secret ->
                      holders
                          .computeIfAbsent(secret, each -> new TreeSet<>())
                          .add(application.name())));
    }
    assertThat(holders)
        .containsEntry("inference/provider-key", Set.of("inference"))
        .containsEntry("inference/response-key", Set.of("inference"))
        .containsEntry("inference/api-key-key", Set.of("inference"))
        .containsEntry("database/strategy_app", Set.of("strategy"))
        .containsEntry("client/gateway", Set.of("gateway"))
        .allSatisfy((secret, holder) -> {
          assertThat(holder).as(secret).hasSize(1);
          assertThat(secret).doesNotEndWith("_owner");
        });
  }

  @Test
  void only_the_migration_gets_the_owners_password() {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    Application strategy = Application.named("strategy").orElseThrow();
    assertThat(
            new ApplicationProcess(
                    layout.replica(strategy, 1),
                    new AotCache(strategy, root, layout),
                    layout,
                    secrets)
                .migrationEnvironment())
        .isEqualTo(
            Map.of(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://127.0.0.1:15432/strategy",
                "SPRING_DATASOURCE_USERNAME",
                "strategy_app",
                "PLUMBLINE_MIGRATION_USERNAME",
                "strategy_owner",
                "PLUMBLINE_MIGRATION_PASSWORD",
                secrets.database("strategy_owner")));
  }

  private Map<String, String> environment(String name, Layout layout, Secrets secrets) {
    return environment(name, 1, layout, secrets);
  }

  private Map<String, String> environment(
      String name, int replica, Layout layout, Secrets secrets) {
    Application application = Application.named(name).orElseThrow();
    return new ApplicationProcess(
            layout.replica(application, replica),
            new AotCache(application, root, layout),
            layout,
            secrets)
        .environment();
  }

  /** A provider that pointed at one of them would reach the platform from the inside. */
  @Test
  void inference_receives_every_port_of_the_platform() {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    Set<String> listed =
        Set.of(
            environment("inference", layout, secrets)
                .getOrDefault("PLUMBLINE_PROVIDERS_PLATFORM_PORTS", "")
                .split(","));

    Set<String> named = new TreeSet<>();
    for (Application application : Application.values()) {
      environment(application.name(), layout, secrets)
          .forEach((name, value) -> {
            if (name.endsWith("SERVER_PORT")) {
              named.add(value);
            }
            ADDRESS.matcher(value).results().forEach(found -> named.add(found.group(1)));
          });
    }
    Kafka kafka = new Kafka(layout, secrets);
    kafka.settings().values().stream()
        .flatMap(value -> ADDRESS.matcher(value.toString()).results())
        .forEach(found -> named.add(found.group(1)));

    assertThat(named).contains("8107", "9107", "15432", "19092", "19093", "8180");
    assertThat(listed).containsAll(named);
  }

  @Test
  void replicas_differ_in_what_two_processes_cannot_share_and_in_nothing_else() {
    Layout layout = new Layout(root);
    layout.create();
    layout.replicaCount().set(3);
    Secrets secrets = Secrets.at(layout.secrets());
    Map<String, String> first = environment("inference", layout, secrets);
    Map<String, String> third = environment("inference", 3, layout, secrets);

    assertThat(third.keySet()).isEqualTo(first.keySet());
    assertThat(third)
        .containsEntry("SERVER_PORT", "8507")
        .containsEntry("MANAGEMENT_SERVER_PORT", "9507")
        .containsEntry("PLUMBLINE_RELEASES_INSTANCE", "inference-3")
        .containsEntry("PLUMBLINE_SERVICES_PROMPT_REGISTRY_URL", "http://127.0.0.1:8502");
    assertThat(third.keySet())
        .filteredOn(key -> !Objects.equals(third.get(key), first.get(key)))
        .filteredOn(key -> !key.startsWith("PLUMBLINE_SERVICES_"))
        .containsExactlyInAnyOrder(
            "SERVER_PORT",
            "MANAGEMENT_SERVER_PORT",
            "PLUMBLINE_RELEASES_INSTANCE",
            "PLUMBLINE_INDEXES_DIRECTORY");
  }

  @Test
  void every_gateway_knows_all_replicas_and_keeps_its_sessions_in_redis() {
    Layout layout = new Layout(root);
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    assertThat(environment("gateway", layout, secrets))
        .containsEntry("PLUMBLINE_SERVICES_STRATEGY_URL", "http://127.0.0.1:8101")
        .doesNotContainKey("SPRING_DATA_REDIS_URL");

    layout.replicaCount().set(2);

    assertThat(environment("gateway", 2, layout, secrets))
        .containsEntry("SERVER_PORT", "8280")
        .containsEntry(
            "PLUMBLINE_SERVICES_STRATEGY_URL", "http://127.0.0.1:8101,http://127.0.0.1:8301")
        .containsEntry("SPRING_PROFILES_ACTIVE", "redis")
        .hasEntrySatisfying(
            "SPRING_DATA_REDIS_URL", url -> assertThat(url).endsWith("@127.0.0.1:16379"));
  }

  @Test
  void what_is_not_built_is_left_out() {
    Platform platform = Platform.at(new Layout(root));
    assertThat(platform.applications()).isEmpty();
    assertThat(platform.notBuilt()).hasSize(9);
  }
}
