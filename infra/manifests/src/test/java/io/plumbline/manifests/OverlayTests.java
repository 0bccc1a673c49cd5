package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpecFluent;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.plumbline.manifests.Manifests.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that hold for every committed render. */
class OverlayTests {

  static Stream<Manifest> manifests() {
    return Chart.OVERLAYS.stream().flatMap(overlay -> Manifests.all(overlay.folder()).stream());
  }

  static Stream<Deployment> deployments() {
    return of(manifests().toList(), Deployment.class);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void fields_are_those_of_the_kind(Manifest manifest) {
    assertThat(
            manifest.understood() instanceof GenericKubernetesResource
                ? OperatorFields.unknown(manifest.written())
                : Manifests.unknownFields(manifest.understood()))
        .isEmpty();
  }

  @Test
  void a_misspelt_field_of_an_operator_is_found() {
    assertThat(
            OperatorFields.unknown(
                Manifests.parse(
                    """
                    apiVersion: postgresql.cnpg.io/v1
                    kind: Cluster
                    spec: {instances: 3, storage: {sise: 1Gi}}
                    """)))
        .containsExactly("/storage/sise");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void pods_obey_the_rules(Deployment deployment) {
    assertThat(PodRules.violations(deployment)).isEmpty();
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            "may run as root",
            pod -> pod.editOrNewSecurityContext().withRunAsNonRoot(false).endSecurityContext()),
        broken(
            "has no seccomp profile",
            pod -> pod.editOrNewSecurityContext().withSeccompProfile(null).endSecurityContext()),
        broken(
            "mounts a token of the API server", pod -> pod.withAutomountServiceAccountToken(true)),
        broken("has variables of all Services", pod -> pod.withEnableServiceLinks(true)),
        broken("uses the node's network", pod -> pod.withHostNetwork(true)),
        broken(
            "may gain privileges",
            pod ->
                pod.editFirstContainer()
                    .editOrNewSecurityContext()
                    .withAllowPrivilegeEscalation(true)
                    .endSecurityContext()
                    .endContainer()),
        broken(
            "may write to its image",
            pod ->
                pod.editFirstContainer()
                    .editOrNewSecurityContext()
                    .withReadOnlyRootFilesystem(false)
                    .endSecurityContext()
                    .endContainer()),
        broken(
            "keeps capabilities",
            pod ->
                pod.editFirstContainer()
                    .editOrNewSecurityContext()
                    .withCapabilities(null)
                    .endSecurityContext()
                    .endContainer()),
        broken(
            "has no limit of memory",
            pod ->
                pod.editFirstContainer()
                    .editOrNewResources()
                    .withLimits(Map.of())
                    .endResources()
                    .endContainer()),
        broken(
            "has an image without a version",
            pod -> pod.editFirstContainer().withImage("plumbline/strategy:latest").endContainer()),
        broken(
            "writes a secret down: DB_PASSWORD",
            pod ->
                pod.editFirstContainer()
                    .addNewEnv()
                    .withName("DB_PASSWORD")
                    .withValue("x")
                    .endEnv()
                    .endContainer()),
        broken(
            "mounts the node's disk",
            pod -> pod.addNewVolume().withName("x").withNewHostPath("/", null).endVolume()),
        broken(
            "has a folder without a limit",
            pod -> pod.addNewVolume().withName("x").withNewEmptyDir().endEmptyDir().endVolume()));
  }

  private static Arguments broken(String violation, Consumer<PodSpecFluent<?>> change) {
    return Arguments.of(violation, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void a_pod_that_breaks_a_rule_is_found(String violation, Consumer<PodSpecFluent<?>> change) {
    DeploymentBuilder deployment = new DeploymentBuilder(deployments().findFirst().orElseThrow());
    var spec = deployment.editSpec().editTemplate().editSpec();
    change.accept(spec);
    spec.endSpec().endTemplate().endSpec();
    assertThat(PodRules.violations(deployment.build())).containsExactly(violation);
  }

  @Test
  void what_has_several_replicas_has_a_disruption_budget_and_is_spread() {
    List<Manifest> production = production();
    Set<String> budgets =
        of(production, PodDisruptionBudget.class)
            .map(budget -> budget.getMetadata().getName())
            .collect(Collectors.toSet());
    Set<String> spread =
        of(production, Deployment.class)
            .filter(deployment ->
                !deployment
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getTopologySpreadConstraints()
                    .isEmpty())
            .map(deployment -> deployment.getMetadata().getName())
            .collect(Collectors.toSet());
    assertThat(budgets)
        .isEqualTo(spread)
        .containsExactlyInAnyOrder(
            "strategy",
            "prompt-registry",
            "dataset-registry",
            "training",
            "model-registry",
            "evaluation",
            "inference",
            "compliance",
            "gateway");
  }

  /** The alert of a process that is down, and a panel, filter by this job. */
  @Test
  void prometheus_names_the_job_as_alerts_and_dashboard_do() throws Exception {
    PodMonitor monitor = of(production(), PodMonitor.class).findFirst().orElseThrow();
    String label = monitor.getSpec().getJobLabel();
    assertThat(Files.readString(Path.of("../observability/alerts.yaml")))
        .contains("job=\"plumbline\"");
    assertThat(of(production(), Deployment.class).filter(OverlayTests::hasMetrics))
        .isNotEmpty()
        .allSatisfy(deployment ->
            assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .containsEntry(label, "plumbline")
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels()));
  }

  private static boolean hasMetrics(Deployment deployment) {
    return deployment
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getPorts()
        .stream()
        .anyMatch(port -> port.getName().equals("management"));
  }

  @Test
  void no_render_has_a_secret() {
    assertThat(manifests().map(manifest -> manifest.understood().getKind()))
        .doesNotContain("Secret");
  }

  @Test
  void every_key_of_a_secret_is_documented() throws Exception {
    String page = Files.readString(Path.of("../../docs/kubernetes.md"));
    assertThat(secretKeys()).isNotEmpty().allSatisfy(key -> assertThat(page).contains(key));
  }

  /** Returns the keys as the page has them: {@code name}: {@code key}, for services once. */
  private static Set<String> secretKeys() {
    return of(Manifests.all(), Deployment.class)
        .flatMap(OverlayTests::secretKeys)
        .collect(Collectors.toSet());
  }

  private static Stream<String> secretKeys(Deployment deployment) {
    var pod = deployment.getSpec().getTemplate().getSpec();
    String own = "plumbline-" + deployment.getMetadata().getName();
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
        .map(Container::getEnv)
        .flatMap(List::stream)
        .map(EnvVar::getValueFrom)
        .filter(source -> source != null && source.getSecretKeyRef() != null)
        .map(source -> source.getSecretKeyRef())
        .map(secret -> cells(own, secret));
  }

  private static String cells(String own, SecretKeySelector secret) {
    String name =
        secret.getName().startsWith(own)
                && !secret.getKey().matches("(provider|response|api).*|identity.*")
            ? secret.getName().replace(own, "plumbline-<application>")
            : secret.getName();
    return "| `%s` | `%s` |".formatted(name, secret.getKey());
  }

  private static List<Manifest> production() {
    return Manifests.all(Path.of("../../k8s/overlays/production"));
  }

  private static <T> Stream<T> of(List<Manifest> manifests, Class<T> kind) {
    return manifests.stream().map(Manifest::understood).filter(kind::isInstance).map(kind::cast);
  }
}
