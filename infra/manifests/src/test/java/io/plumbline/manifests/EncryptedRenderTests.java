package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.plumbline.manifests.Manifests.Manifest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ports and the calls of the production render, which are encrypted, and its certificates. */
class EncryptedRenderTests {

  private static final List<Manifest> PRODUCTION =
      Manifests.all(Path.of("../../k8s/overlays/production"));
  private static final String FOLDER = "/etc/plumbline/tls";
  private static final String ISSUER = "tls: {enabled: true, issuer: {kind: Issuer, name: x}}";

  /** Returns the deployments whose ports the platform's own programs serve. */
  static Stream<Deployment> deployments() {
    return of(Deployment.class)
        .filter(deployment -> !deployment.getMetadata().getName().equals("valkey"));
  }

  @Test
  void every_address_of_the_platform_is_one_of_tls() {
    List<String> addresses =
        Stream.concat(
                configuration().entrySet().stream()
                    .filter(each -> each.getKey().matches("PLUMBLINE_SERVICES_.*_URL"))
                    .map(Map.Entry::getValue),
                deployments()
                    .flatMap(deployment -> container(deployment).getEnv().stream())
                    .filter(each -> each.getName().equals("PLUMBLINE_LEDGER_SIGNER_URL"))
                    .map(EnvVar::getValue))
            .toList();
    assertThat(addresses)
        .hasSize(10)
        .allSatisfy(address -> {
          assertThat(address).startsWith("https://");
          assertThat(dnsNames(URI.create(address).getHost()))
              .contains(URI.create(address).getHost());
        });
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void each_mounts_its_own_certificate_where_the_configuration_expects_it(Deployment deployment) {
    VolumeMount mount =
        container(deployment).getVolumeMounts().stream()
            .filter(each -> each.getMountPath().equals(FOLDER))
            .findFirst()
            .orElseThrow();
    List<VolumeProjection> sources =
        deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
            .filter(each -> each.getName().equals(mount.getName()))
            .flatMap(each -> each.getProjected().getSources().stream())
            .toList();

    assertThat(mount.getSubPath()).as("kubelet renews no file that is mounted alone").isNull();
    assertThat(sources).hasSize(2);
    assertThat(sources.getFirst().getSecret().getName())
        .isEqualTo(certificate(deployment.getMetadata().getName()).get("secretName"));
    assertThat(sources.getFirst().getSecret().getItems())
        .extracting(KeyToPath::getPath)
        .containsExactly("tls.crt", "tls.key");
    assertThat(sources.getLast().getConfigMap().getName()).isEqualTo("plumbline-tls-ca");
    assertThat(sources.getLast().getConfigMap().getItems())
        .extracting(KeyToPath::getPath)
        .containsExactly("ca.crt");
  }

  @Test
  void the_configuration_names_the_files_and_lets_renewed_ones_be_used() {
    assertThat(configuration())
        .containsEntry(
            "SPRING_SSL_BUNDLE_PEM_SERVICES_KEYSTORE_CERTIFICATE", "file:" + FOLDER + "/tls.crt")
        .containsEntry(
            "SPRING_SSL_BUNDLE_PEM_SERVICES_KEYSTORE_PRIVATEKEY", "file:" + FOLDER + "/tls.key")
        .containsEntry(
            "SPRING_SSL_BUNDLE_PEM_SERVICES_TRUSTSTORE_CERTIFICATE", "file:" + FOLDER + "/ca.crt")
        .containsEntry("SPRING_SSL_BUNDLE_PEM_SERVICES_RELOADONUPDATE", "true")
        .containsEntry("SERVER_SSL_BUNDLE", "services")
        .containsEntry("PLUMBLINE_SERVICES_SSL_BUNDLE", "services");
    assertThat(container(deployment("ledger-signer")).getArgs()).endsWith(FOLDER);
  }

  /** Kubelet and Prometheus know no authority of the platform. */
  @ParameterizedTest
  @MethodSource("deployments")
  void probes_and_names_of_ports_are_those_without_tls(Deployment deployment) {
    Container container = container(deployment);
    assertThat(container.getPorts())
        .extracting(ContainerPort::getName)
        .isSubsetOf("http", "management", "sign");
    assertThat(
            Stream.of(
                    container.getStartupProbe(),
                    container.getLivenessProbe(),
                    container.getReadinessProbe())
                .map(Probe::getHttpGet)
                .filter(Objects::nonNull))
        .allSatisfy(get -> {
          assertThat(get.getScheme()).isNull();
          assertThat(get.getPort().getStrVal()).isEqualTo("management");
        });
  }

  @Test
  void a_certificate_has_all_names_of_its_service_and_a_new_key_each_time() {
    assertThat(certificate("prompt-registry"))
        .containsEntry("secretName", "plumbline-prompt-registry-tls")
        .containsEntry(
            "dnsNames",
            List.of(
                "prompt-registry",
                "prompt-registry.plumbline",
                "prompt-registry.plumbline.svc",
                "prompt-registry.plumbline.svc.cluster.local"))
        .containsEntry("usages", List.of("digital signature", "server auth"))
        .containsEntry("privateKey", Map.of("algorithm", "ECDSA", "rotationPolicy", "Always"));
  }

  @Test
  void the_way_in_verifies_the_gateway() {
    var spec = of(BackendTLSPolicy.class).findFirst().orElseThrow().getSpec();
    assertThat(spec.getTargetRefs()).extracting(each -> each.getName()).containsExactly("gateway");
    assertThat(dnsNames("gateway")).contains(spec.getValidation().getHostname());
    assertThat(spec.getValidation().getCaCertificateRefs())
        .extracting(each -> each.getKind() + " " + each.getName())
        .containsExactly("ConfigMap plumbline-tls-ca");
  }

  @Test
  void without_an_issuer_the_secrets_are_those_that_exist() {
    String rendered = Chart.render("tls: {enabled: true, secret: 'tls-of-{application}'}");
    assertThat(rendered)
        .contains("secretName: tls-of-gateway", "secretName: tls-of-ledger-signer")
        .contains("https://strategy:8101")
        .doesNotContain("cert-manager.io", "BackendTLSPolicy", "http://strategy");
    assertThat(Chart.render(ISSUER)).contains("kind: Certificate");
    assertThat(Chart.render("{}")).doesNotContain("https://strategy", FOLDER, "SSL_BUNDLE");
  }

  @Test
  void helm_test_asks_a_gateway_without_tls_and_connects_to_one_with_it(@TempDir Path scratch)
      throws Exception {
    Path values = Files.writeString(scratch.resolve("values.yaml.encrypted"), ISSUER);

    assertThat(asked(Chart.testPod(scratch.resolve("plain")))).contains("http://gateway:8080/");
    assertThat(asked(Chart.testPod(scratch.resolve("encrypted"), values)))
        .isEqualTo("nc -z -w 5 gateway 8080");
  }

  private static String asked(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getArgs().getLast();
  }

  private static Map<String, String> configuration() {
    return of(ConfigMap.class)
        .filter(each -> each.getMetadata().getName().equals("plumbline"))
        .findFirst()
        .orElseThrow()
        .getData();
  }

  private static List<String> dnsNames(String application) {
    return certificate(application).get("dnsNames") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Returns the spec of an application's certificate. */
  private static Map<String, Object> certificate(String application) {
    GenericKubernetesResource certificate =
        of(GenericKubernetesResource.class)
            .filter(each -> each.getKind().equals("Certificate"))
            .filter(each -> each.getMetadata().getName().equals(application))
            .findFirst()
            .orElseThrow();
    return ((Map<?, ?>) Objects.requireNonNull(certificate.getAdditionalProperties().get("spec")))
        .entrySet().stream()
            .collect(Collectors.toMap(each -> String.valueOf(each.getKey()), Map.Entry::getValue));
  }

  private static Deployment deployment(String name) {
    return deployments()
        .filter(each -> each.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  private static <T> Stream<T> of(Class<T> kind) {
    return PRODUCTION.stream().map(Manifest::understood).filter(kind::isInstance).map(kind::cast);
  }
}
