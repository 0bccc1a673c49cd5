package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.plumbline.manifests.Manifests.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DeploymentManifestsTests {

  private static final Set<String> APPLICATIONS =
      Set.of(
          "strategy",
          "prompt-registry",
          "dataset-registry",
          "training",
          "model-registry",
          "evaluation",
          "inference",
          "compliance",
          "gateway");

  /** The signer of the ledger, which is none of the applications. */
  private static final String SIGNER = "ledger-signer";

  static List<Manifest> manifests() {
    return Manifests.all();
  }

  /** Returns the deployments of applications. */
  static Stream<Deployment> deployments() {
    return allDeployments().filter(deployment -> !name(deployment).equals(SIGNER));
  }

  static Stream<Deployment> allDeployments() {
    return of(Deployment.class);
  }

  private static Stream<Service> services() {
    return of(Service.class).filter(service -> !service.getMetadata().getName().equals(SIGNER));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void contains_only_fields_of_the_api(Manifest manifest) {
    assertThat(Manifests.unknownFields(manifest.understood())).isEmpty();
  }

  /** Checks the check itself: it must see a misspelt field deep inside. */
  @Test
  void a_misspelt_field_is_found() {
    JsonNode document =
        Manifests.parse(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: x}
            spec: {template: {spec: {containers: [{name: x, readynessProbe: {periodSeconds: 1}}]}}}
            """);
    assertThat(Manifests.unknownFields(Manifests.read("x", document).understood()))
        .containsExactly("/spec/template/spec/containers/-/readynessProbe");
  }

  @Test
  void every_application_has_one_deployment_and_one_service() {
    assertThat(deployments().map(deployment -> deployment.getMetadata().getName()))
        .containsExactlyInAnyOrderElementsOf(APPLICATIONS);
    assertThat(services().map(service -> service.getMetadata().getName()))
        .containsExactlyInAnyOrderElementsOf(APPLICATIONS);
  }

  /** Endpoints are removed while the process already ends, so it serves what still comes. */
  @Test
  void an_application_that_ends_serves_on_and_completes_what_is_under_way() {
    ConfigMap settings =
        of(ConfigMap.class)
            .filter(map -> map.getMetadata().getName().equals("plumbline"))
            .findFirst()
            .orElseThrow();
    long notice = seconds(settings, "PLUMBLINE_SHUTDOWN_NOTICE");
    long requests = seconds(settings, "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE");

    assertThat(notice).isGreaterThanOrEqualTo(5);
    assertThat(deployments())
        .allSatisfy(deployment ->
            assertThat(
                    deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                .as(name(deployment))
                .isGreaterThanOrEqualTo(notice + requests + 20));
  }

  private static long seconds(ConfigMap settings, String name) {
    return Long.parseLong(String.valueOf(settings.getData().get(name)).replaceFirst("s$", ""));
  }

  @Test
  void every_file_is_listed() throws Exception {
    Set<String> listed =
        StreamSupport.stream(Manifests.kustomization().path("resources").spliterator(), false)
            .map(JsonNode::asString)
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(Path.of("../../k8s/base"))) {
      assertThat(
              files
                  .map(file -> String.valueOf(file.getFileName()))
                  .filter(name -> !name.equals("kustomization.yaml"))
                  .collect(Collectors.toSet()))
          .isEqualTo(listed);
    }
  }

  @Test
  void the_namespace_enforces_restricted_pod_security() {
    assertThat(of(Namespace.class).findFirst().orElseThrow().getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
  }

  /**
   * Checks the Restricted profile of the Pod Security Standards, and that the root file system is
   * read-only.
   */
  @ParameterizedTest
  @MethodSource("allDeployments")
  void pods_are_restricted(Deployment deployment) {
    PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()))
        .allSatisfy(container -> {
          assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
          assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
          assertThat(container.getSecurityContext().getCapabilities().getDrop())
              .containsExactly("ALL");
          assertThat(container.getResources().getLimits()).containsKey("memory");
          assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        });
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void probes_request_the_health_groups(Deployment deployment) {
    Container container = container(deployment);
    assertThat(
            Stream.of(
                    container.getStartupProbe(),
                    container.getLivenessProbe(),
                    container.getReadinessProbe())
                .map(DeploymentManifestsTests::path))
        .containsExactly(
            "/actuator/health/liveness", "/actuator/health/liveness", "/actuator/health/readiness");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void probes_and_metrics_are_on_the_management_port_which_no_service_names(Deployment deployment) {
    Container container = container(deployment);
    ContainerPort management =
        container.getPorts().stream()
            .filter(port -> port.getName().equals("management"))
            .findFirst()
            .orElseThrow();
    assertThat(
            Stream.of(
                    container.getStartupProbe(),
                    container.getLivenessProbe(),
                    container.getReadinessProbe())
                .map(probe -> probe.getHttpGet().getPort().getStrVal()))
        .containsOnly("management");
    assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry("prometheus.io/port", management.getContainerPort().toString());
    assertThat(
            services()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .map(port -> port.getTargetPort().getStrVal()))
        .containsOnly("http");
  }

  @Test
  void only_prometheus_in_its_namespace_reaches_the_management_port() {
    List<NetworkPolicyPeer> peers =
        of(NetworkPolicy.class)
            .flatMap(policy -> policy.getSpec().getIngress().stream())
            .filter(rule ->
                rule.getPorts().stream()
                    .anyMatch(port -> port.getPort().getStrVal().equals("management")))
            .flatMap(rule -> {
              assertThat(rule.getFrom()).as("a rule without peers admits everybody").isNotEmpty();
              return rule.getFrom().stream();
            })
            .toList();
    assertThat(peers)
        .singleElement()
        .satisfies(peer -> {
          assertThat(peer.getIpBlock()).isNull();
          assertThat(peer.getNamespaceSelector().getMatchLabels())
              .isEqualTo(Map.of("kubernetes.io/metadata.name", "monitoring"));
          assertThat(peer.getPodSelector().getMatchLabels())
              .isEqualTo(Map.of("app.kubernetes.io/name", "prometheus"));
        });
    assertThat(of(NetworkPolicy.class).flatMap(policy -> policy.getSpec().getIngress().stream()))
        .as("a rule without ports admits to all of them")
        .allSatisfy(rule -> assertThat(rule.getPorts()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void the_service_selects_the_pod(Deployment deployment) {
    Service service =
        of(Service.class)
            .filter(each -> each.getMetadata().getName().equals(deployment.getMetadata().getName()))
            .findFirst()
            .orElseThrow();
    assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(service.getSpec().getSelector());
    assertThat(service.getSpec().getPorts().getFirst().getPort())
        .isEqualTo(container(deployment).getPorts().getFirst().getContainerPort());
  }

  @Test
  void every_application_receives_the_addresses_of_the_others() {
    List<String> passed =
        List.copyOf(of(ConfigMap.class).findFirst().orElseThrow().getData().values());
    assertThat(passed)
        .containsAll(
            services()
                .map(service ->
                    "http://"
                        + service.getMetadata().getName()
                        + ":"
                        + service.getSpec().getPorts().getFirst().getPort())
                .toList());
  }

  @Test
  void no_secret_is_written_down() {
    assertThat(manifests()).noneMatch(manifest -> manifest.understood().getKind().equals("Secret"));
    assertThat(
            deployments()
                .flatMap(deployment -> container(deployment).getEnv().stream())
                .filter(
                    variable -> variable.getName().matches(".*(PASSWORD|SECRET)(?!.*_FILE$).*")))
        .isNotEmpty()
        .allMatch(variable ->
            variable.getValue() == null && variable.getValueFrom().getSecretKeyRef() != null);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void a_service_signs_with_a_key_of_its_own_and_knows_the_public_keys_of_all(
      Deployment deployment) {
    String name = deployment.getMetadata().getName();
    Container container = container(deployment);
    List<String> signing =
        container.getEnv().stream()
            .filter(variable -> variable.getName().equals("PLUMBLINE_EVENTS_SIGNING_KEY"))
            .map(variable -> variable.getValueFrom().getSecretKeyRef().getName())
            .toList();
    boolean publishes = !name.equals("gateway");
    assertThat(signing).isEqualTo(publishes ? List.of("plumbline-" + name) : List.of());
    assertThat(container.getEnvFrom())
        .extracting(source -> source.getConfigMapRef().getName())
        .filteredOn("plumbline-event-keys"::equals)
        .hasSize(publishes ? 1 : 0);
  }

  @Test
  void every_service_signs_in_to_the_broker_as_itself_over_an_encrypted_connection() {
    assertThat(of(ConfigMap.class).findFirst().orElseThrow().getData())
        .containsEntry("SPRING_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
        .containsEntry("SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "SCRAM-SHA-512");
    assertThat(deployments().filter(deployment -> !name(deployment).equals("gateway")))
        .isNotEmpty()
        .allSatisfy(deployment -> {
          assertThat(variable(deployment, "KAFKA_PASSWORD").getValueFrom().getSecretKeyRef())
              .isEqualTo(
                  new SecretKeySelector("kafka-password", "plumbline-" + name(deployment), null));
          assertThat(variable(deployment, "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG").getValue())
              .endsWith("username=\"" + name(deployment) + "\" password=\"$(KAFKA_PASSWORD)\";");
        });
  }

  /** Checks that kubelet does not end a service that waits for its database or its migrations. */
  @Test
  void a_service_may_wait_for_an_hour_at_its_start() {
    assertThat(deployments().filter(deployment -> !name(deployment).equals("gateway")))
        .isNotEmpty()
        .allSatisfy(deployment -> {
          Probe startup = container(deployment).getStartupProbe();
          assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold()).isEqualTo(3_600);
        });
  }

  @Test
  void only_the_migration_knows_the_password_of_the_schemas_owner() {
    assertThat(deployments().filter(deployment -> !name(deployment).equals("gateway")))
        .isNotEmpty()
        .allSatisfy(deployment -> {
          Container migration =
              deployment.getSpec().getTemplate().getSpec().getInitContainers().getFirst();
          assertThat(migration.getArgs()).containsExactly("migrate");
          assertThat(migration.getImage()).isEqualTo(container(deployment).getImage());
          assertThat(secrets(migration))
              .containsExactly("plumbline-" + name(deployment) + "-migration/password");
          assertThat(secrets(container(deployment)))
              .isNotEmpty()
              .allMatch(secret ->
                  secret.startsWith("plumbline-" + name(deployment) + "/")
                      || isOfCompliance(deployment, secret));
        });
  }

  /**
   * Returns whether compliance names the role that reads evidence and can change nothing, or what
   * it shows to the signer.
   */
  private static boolean isOfCompliance(Deployment deployment, String secret) {
    return name(deployment).equals("compliance")
        && List.of("plumbline-auditor/password", "plumbline-ledger-signer/secret").contains(secret);
  }

  @Test
  void the_signer_alone_mounts_the_ledgers_key_and_compliance_alone_reaches_it() {
    assertThat(
            allDeployments()
                .filter(deployment ->
                    deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
                        .filter(volume -> volume.getPersistentVolumeClaim() != null)
                        .anyMatch(volume ->
                            volume
                                .getPersistentVolumeClaim()
                                .getClaimName()
                                .equals("plumbline-ledger-key")))
                .map(DeploymentManifestsTests::name))
        .containsExactly(SIGNER);
    Deployment signer =
        allDeployments().filter(each -> name(each).equals(SIGNER)).findFirst().orElseThrow();
    Deployment compliance =
        deployments().filter(each -> name(each).equals("compliance")).findFirst().orElseThrow();
    assertThat(signer.getSpec().getReplicas()).isEqualTo(1);
    assertThat(signer.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    assertThat(container(signer).getImage()).isEqualTo(container(compliance).getImage());
    assertThat(container(signer).getArgs().getFirst()).isEqualTo("sign");
    assertThat(variable(compliance, "PLUMBLINE_LEDGER_SIGNER_URL").getValue())
        .isEqualTo(
            "http://" + SIGNER + ":" + container(signer).getPorts().getFirst().getContainerPort());
    assertThat(signer.getSpec().getTemplate().getSpec().getSecurityContext().getRunAsUser())
        .isNotEqualTo(
            compliance.getSpec().getTemplate().getSpec().getSecurityContext().getRunAsUser());
    assertThat(
            of(NetworkPolicy.class)
                .filter(policy ->
                    policy.getSpec().getIngress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .anyMatch(port -> port.getPort().getStrVal().equals("sign")))
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .flatMap(rule -> rule.getFrom().stream())
                .map(from -> from.getPodSelector().getMatchLabels().get("app.kubernetes.io/name")))
        .containsExactly("compliance");
  }

  /** Write access to the folder of another service would allow other content under its digests. */
  @ParameterizedTest
  @MethodSource("deployments")
  void a_service_writes_to_its_own_folder_of_contents_alone(Deployment deployment) {
    String service = deployment.getMetadata().getName();
    deployment.getSpec().getTemplate().getSpec().getContainers().stream()
        .flatMap(container -> container.getVolumeMounts().stream())
        .filter(mount -> mount.getName().equals("blobs"))
        .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
        .forEach(mount -> {
          assertThat(mount.getSubPath()).isEqualTo(service);
          assertThat(service).isIn("dataset-registry", "training", "inference");
        });
  }

  /**
   * Checks the external URL. Without it browsers are sent back to, and writes accepted from,
   * 127.0.0.1 only.
   */
  @Test
  void the_gateway_knows_how_browsers_see_it() {
    Deployment gateway =
        deployments().filter(each -> name(each).equals("gateway")).findFirst().orElseThrow();
    assertThat(variable(gateway, "PLUMBLINE_GATEWAY_EXTERNAL_URL").getValue())
        .startsWith("https://");
  }

  private static List<String> secrets(Container container) {
    return container.getEnv().stream()
        .filter(variable -> variable.getValueFrom() != null)
        .map(variable -> variable.getValueFrom().getSecretKeyRef())
        .map(secret -> secret.getName() + "/" + secret.getKey())
        .toList();
  }

  private static String name(Deployment deployment) {
    return deployment.getMetadata().getName();
  }

  private static EnvVar variable(Deployment deployment, String name) {
    return container(deployment).getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static <T> Stream<T> of(Class<T> kind) {
    return manifests().stream().map(Manifest::understood).filter(kind::isInstance).map(kind::cast);
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  private static String path(Probe probe) {
    return probe.getHttpGet().getPath();
  }
}
