package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.plumbline.manifests.Manifests.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class KubernetesBaseTests {

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

  static List<Manifest> manifests() {
    return Manifests.all();
  }

  static Stream<Deployment> deployments() {
    return of(Deployment.class);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void contains_only_fields_of_the_api(Manifest manifest) {
    assertThat(Manifests.unknownFields(manifest.understood())).isEmpty();
  }

  /** Guards the guard: a misspelt field deep inside must be seen. */
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
    assertThat(of(Service.class).map(service -> service.getMetadata().getName()))
        .containsExactlyInAnyOrderElementsOf(APPLICATIONS);
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
   * The Restricted profile of the Pod Security Standards, and a root file system that nothing can
   * be written to.
   */
  @ParameterizedTest
  @MethodSource("deployments")
  void pods_are_restricted(Deployment deployment) {
    PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getContainers())
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
                .map(KubernetesBaseTests::path))
        .containsExactly(
            "/actuator/health/liveness", "/actuator/health/liveness", "/actuator/health/readiness");
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
            of(Service.class)
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
                .filter(variable -> variable.getName().matches(".*(PASSWORD|SECRET).*")))
        .isNotEmpty()
        .allMatch(variable ->
            variable.getValue() == null && variable.getValueFrom().getSecretKeyRef() != null);
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
