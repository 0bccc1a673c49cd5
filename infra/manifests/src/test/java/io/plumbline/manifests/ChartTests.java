package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTests {

  private static final boolean UPDATE = Boolean.getBoolean("docs.update");
  private static final String RENEW =
      "renewed by: ./mvnw -pl infra/manifests test -Ddocs.update=true";

  static List<Chart.Overlay> overlays() {
    return Chart.OVERLAYS;
  }

  @Test
  void the_chart_has_no_finding_of_lint() {
    LintResult result = Chart.lint();
    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
    assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void the_committed_manifests_are_what_the_chart_renders(Chart.Overlay overlay) throws Exception {
    SortedMap<String, String> rendered = Chart.files(overlay);
    if (UPDATE) {
      write(overlay.folder(), rendered);
    }
    assertThat(read(overlay.folder())).as(RENEW).isEqualTo(rendered);
  }

  @Test
  void the_pod_of_helm_test_obeys_the_rules_of_pods(@TempDir Path scratch) throws Exception {
    Pod pod = Chart.testPod(scratch);
    assertThat(Manifests.unknownFields(pod)).isEmpty();
    assertThat(PodRules.violations(pod.getSpec())).isEmpty();
  }

  /** A chart may read files of its own folder only, so it has copies. */
  @ParameterizedTest
  @CsvSource({
    "alerts.yaml, ../observability/alerts.yaml",
    "dashboard.json, ../observability/dashboard.json",
    "subscriptions.json, ../kafka/subscriptions.json",
    "plumbline-realm.json, ../keycloak/plumbline-realm.json"
  })
  void the_copies_of_the_chart_are_current(String copy, Path source) throws Exception {
    Path file = Chart.FOLDER.resolve("files").resolve(copy);
    if (UPDATE) {
      Files.writeString(file, Files.readString(source));
    }
    assertThat(Files.readString(file)).as(RENEW).isEqualTo(Files.readString(source));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replica: 2                                          | additional properties 'replica'",
        "externalUrl: http://plumbline.example               | '/externalUrl'",
        "externalUrl: https://plumbline.example/portal       | '/externalUrl'",
        "postgresql: {sslMode: prefer}                       | '/postgresql/sslMode'",
        "postgresql: {hots: db}                              | additional properties 'hots'",
        "postgresql: {password: x}                           | additional properties 'password'",
        "postgresql: {peers: []}                             | '/postgresql/peers'",
        "kafka: {bootstrapServers: kafka}                    | '/kafka/bootstrapServers'",
        "identity: {issuer: https://sign-in.example}         | '/identity/issuer'",
        "sessions: {store: disk}                             | '/sessions/store'",
        "images: {digests: {gateway: latest}}                | '/images/digests/gateway'",
        "images: {pullPolicy: Sometimes}                     | '/images/pullPolicy'",
        "blobs: {size: 50}                                   | '/blobs/size'",
        "blobs: {accessMode: ReadOnlyMany}                   | '/blobs/accessMode'",
        "blobs: {s3: {prefix: plumbline}}                    | '/blobs/s3/prefix'",
        "blobs: {s3: {endpoint: s3.example}}                 | '/blobs/s3/endpoint'",
        "blobs: {s3: {secretKey: x}}                         | additional properties 'secretKey'",
        "providers: {proxy: {url: 'http://proxy'}}           | '/providers/proxy/url'",
        "providers: {proxy: {url: 'http://a:b@proxy:3128'}}  | '/providers/proxy/url'",
        "providers: {proxy: {password: x}}                   | additional properties 'password'",
        "ledger: {firstHead: 12}                             | '/ledger/firstHead'",
        "tls: {secret: '{application}'}                      | '/tls/secret'",
        "tls: {issuer: {kind: Vault}}                        | '/tls/issuer/kind'",
        "tls: {caConfigMap: Plumbline}                       | '/tls/caConfigMap'",
        "entry: {trustedProxies: one}                        | '/entry/trustedProxies'",
        "shutdown: {notice: 10s}                             | '/shutdown/notice'",
        "ledger: {headAccessMode: Many}                      | '/ledger/headAccessMode'",
        "applications: {strategy: {memory: 384Mi}}           | '/applications/strategy/memory'",
        "applications: {ledger-signer: {replicas: 2}}        |"
            + " '/applications/ledger-signer/replicas'",
        "applications: {portal: {replicas: 2}}               | additional properties 'portal'",
        "extraEnv: {strategy: [{name: A, value: b, valueFrom: {}}]} | '/extraEnv/strategy/0'",
        "operators: {kafka: {brokers: 1}}                    | '/operators/kafka/brokers'",
      })
  void wrong_values_are_refused_by_name(String values, String message) {
    assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "applications: {training: {memory: 1024}} | applications.training.memory is 1024 MiB",
        "applications: {dataset-registry: {children: 8}} | applications.dataset-registry.memory",
        "applications: {strategy: {replicas: 9}} | need 115 connections, but",
        "postgresql: {maxConnections: 90} | postgresql.maxConnections leaves 70",
        "applications: {compliance: {replicas: 2}} | ledger.headAccessMode ReadWriteMany",
        "applications: {gateway: {replicas: 2}} | several gateways need sessions.store redis",
        "applications: {training: {replicas: 3, autoscaling: {maxReplicas: 2, cpu: 80}}}"
            + " | maxReplicas is smaller than replicas",
        "httpRoute: {enabled: true} | httpRoute.parentRefs names no Gateway",
        "certificate: {enabled: true} | certificate.issuer.name is empty",
        "{tls: {enabled: true}, httpRoute: {enabled: true, parentRefs: [{name: public}]}}"
            + " | tls.caConfigMap is empty",
        "tracing: {endpoint: 'http://otel:4318/v1/traces'} | tracing.peers is empty",
        "extraEnv: {inference: [{name: DB_PASSWORD, value: x}]} | DB_PASSWORD is a secret",
        "blobs: {s3: {bucket: contents}} | blobs.s3.peers is empty",
        "providers: {proxy: {url: 'http://proxy:3128'}} | providers.proxy.peers is empty",
        "providers: {proxy: {noProxy: [a.example]}} | providers.proxy.url is empty",
        "blobs: {s3: {endpoint: 'https://s3.example'}} | endpoint is set without blobs.s3.bucket",
        "blobs: {storageClass: nfs, s3: {bucket: contents, peers: [{podSelector: {}}]}}"
            + " | blobs.storageClass is for the volume, which blobs.s3.bucket replaces",
      })
  void values_that_do_not_fit_together_are_refused(String values, String message) {
    assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(message);
  }

  /** Half of two replicas of each, the signer, and 300 MiB of the cluster's own pods. */
  @Test
  void the_small_values_fit_two_nodes_of_7_8_gib_and_need_no_more_while_they_change()
      throws Exception {
    List<Deployment> deployments =
        Chart.manifests(Files.readString(Chart.FOLDER.resolve("values-small.yaml"))).stream()
            .map(Manifests.Manifest::understood)
            .filter(Deployment.class::isInstance)
            .map(Deployment.class::cast)
            .toList();
    List<Deployment> doubled =
        deployments.stream().filter(each -> each.getSpec().getReplicas() == 2).toList();

    assertThat(doubled).hasSize(9);
    assertThat(deployments).hasSize(10);
    assertThat(doubled)
        .allSatisfy(each ->
            assertThat(each.getSpec().getStrategy().getRollingUpdate())
                .returns(0, rolling -> rolling.getMaxSurge().getIntVal())
                .returns(1, rolling -> rolling.getMaxUnavailable().getIntVal()));
    assertThat(deployments.stream().mapToLong(ChartTests::memory).sum() + 300).isLessThan(7_987);
  }

  /** Returns the limit of one pod in MiB. */
  private static long memory(Deployment deployment) {
    return Long.parseLong(
        String.valueOf(
                deployment
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getResources()
                    .getLimits()
                    .get("memory"))
            .replaceFirst("Mi$", ""));
  }

  private static SortedMap<String, String> read(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return files;
  }

  private static void write(Path folder, SortedMap<String, String> files) throws IOException {
    for (String old : read(folder).keySet()) {
      Files.delete(folder.resolve(old));
    }
    for (var file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
