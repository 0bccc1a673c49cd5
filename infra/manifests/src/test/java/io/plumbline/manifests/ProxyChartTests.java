package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.plumbline.manifests.Manifests.Manifest;
import io.plumbline.manifests.Reachability.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests what the chart renders where providers are called through a proxy. */
class ProxyChartTests {

  private static final List<Manifest> RENDERED =
      Chart.manifests(
          """
          providers:
            peers: []
            proxy:
              url: http://proxy.example:3128
              secret: {name: company-proxy, userKey: name, passwordKey: word}
              noProxy: [vllm.models.svc, .company.example]
              peers: [{ipBlock: {cidr: 10.9.8.7/32}}]
          """);

  @Test
  void inference_alone_reaches_the_proxy_and_no_provider_directly() {
    List<Pod> pods = of(Deployment.class).map(Pod::of).toList();
    Reachability reachability = new Reachability(of(NetworkPolicy.class).toList(), pods);
    assertThat(callers(reachability, address("10.9.8.7")))
        .isEqualTo(Map.of("inference", Set.of("3128")));
    assertThat(callers(reachability, address("198.51.100.7"))).isEmpty();
  }

  private static Pod address(String address) {
    return new Pod(
        address, "outside", Map.of(), address, new TreeMap<>(Map.of(3128, "", 443, "", 80, "")));
  }

  private static Map<String, Set<String>> callers(Reachability reachability, Pod receiver) {
    return reachability.pods().stream()
        .filter(pod -> !reachability.ports(pod, receiver).isEmpty())
        .collect(Collectors.toMap(Pod::name, pod -> reachability.ports(pod, receiver)));
  }

  @Test
  void inference_alone_knows_it_and_reads_the_sign_in_from_a_secret() {
    assertThat(
            of(Deployment.class)
                .flatMap(deployment ->
                    deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .filter(container -> !settings(container.getEnv()).isEmpty()))
        .singleElement()
        .satisfies(container -> {
          assertThat(container.getName()).isEqualTo("inference");
          assertThat(settings(container.getEnv()))
              .isEqualTo(
                  Map.of(
                      "PLUMBLINE_PROVIDERS_PROXY_URL",
                      "http://proxy.example:3128",
                      "PLUMBLINE_PROVIDERS_PROXY_NO_PROXY",
                      "vllm.models.svc,.company.example",
                      "PLUMBLINE_PROVIDERS_PROXY_USER",
                      new SecretKeySelector("name", "company-proxy", null),
                      "PLUMBLINE_PROVIDERS_PROXY_PASSWORD",
                      new SecretKeySelector("word", "company-proxy", null)));
        });
  }

  private static Map<String, Object> settings(List<EnvVar> variables) {
    return variables.stream()
        .filter(variable -> variable.getName().startsWith("PLUMBLINE_PROVIDERS_PROXY_"))
        .collect(
            Collectors.toMap(
                EnvVar::getName,
                variable ->
                    Objects.requireNonNullElseGet(
                        (Object) variable.getValue(),
                        () -> variable.getValueFrom().getSecretKeyRef())));
  }

  @Test
  void a_proxy_without_a_sign_in_needs_no_secret() {
    assertThat(
            Chart.render(
                "providers: {proxy: {url: 'http://10.9.8.7:8080', peers: [{podSelector: {}}]}}"))
        .contains("PLUMBLINE_PROVIDERS_PROXY_URL")
        .doesNotContain("PLUMBLINE_PROVIDERS_PROXY_USER", "PLUMBLINE_PROVIDERS_PROXY_PASSWORD");
  }

  @Test
  void all_objects_obey_the_rules() {
    assertThat(RENDERED)
        .allSatisfy(
            manifest -> assertThat(Manifests.unknownFields(manifest.understood())).isEmpty());
    assertThat(of(Deployment.class))
        .allSatisfy(deployment -> assertThat(PodRules.violations(deployment)).isEmpty());
  }

  private static <T> Stream<T> of(Class<T> kind) {
    return RENDERED.stream().map(Manifest::understood).filter(kind::isInstance).map(kind::cast);
  }
}
