package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.plumbline.manifests.Manifests.Manifest;
import io.plumbline.manifests.Reachability.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkPolicyTests {

  private static final Path PAGE = Path.of("../../docs/kubernetes.md");
  private static final String BEGIN = "<!-- who reaches whom: computed from k8s/base -->\n";
  private static final String END = "<!-- end -->\n";

  private static final List<Manifest> BASE = Manifests.all();

  /** The servers as the default values know them, and strangers. */
  private static final List<Pod> OUTSIDE =
      List.of(
          server("PostgreSQL", "plumbline", Map.of("app.kubernetes.io/name", "postgresql"), 5432),
          server("Kafka", "plumbline", Map.of("app.kubernetes.io/name", "kafka"), 9093),
          server("Keycloak", "plumbline", Map.of("app.kubernetes.io/name", "keycloak"), 8080),
          server("DNS", "kube-system", Map.of("k8s-app", "kube-dns"), 53),
          server("Prometheus", "monitoring", Map.of("app.kubernetes.io/name", "prometheus"), 9090),
          server("a pod of another namespace", "other", Map.of("app", "other"), 80),
          server("another pod of the namespace", "plumbline", Map.of("app", "other"), 80),
          address("a public address", "198.51.100.7"),
          address("a private address", "10.1.2.3"),
          address("the cloud's metadata", "169.254.169.254"));

  @Test
  void the_page_says_who_reaches_whom() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END, begin);
    String table = table(reachability(BASE));
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("renewed by: ./mvnw -pl infra/manifests test -Ddocs.update=true")
        .isEqualTo(table);
  }

  @Test
  void nobody_but_the_gateway_is_reached_from_outside() {
    Reachability reachability = reachability(BASE);
    Pod stranger = pod(reachability, "a pod of another namespace");
    assertThat(callees(reachability, stranger)).isEqualTo(Map.of("gateway", List.of("http")));
  }

  @Test
  void a_policy_that_lets_a_service_out_changes_the_table() {
    NetworkPolicy open =
        BASE.stream()
            .map(Manifest::understood)
            .filter(NetworkPolicy.class::isInstance)
            .map(NetworkPolicy.class::cast)
            .filter(policy -> policy.getMetadata().getName().equals("plumbline-strategy"))
            .findFirst()
            .orElseThrow()
            .edit()
            .editSpec()
            .addNewEgress()
            .endEgress()
            .endSpec()
            .build();
    Reachability before = reachability(BASE);
    List<NetworkPolicy> policies = new ArrayList<>(before.policies());
    policies.add(open);
    Reachability after = new Reachability(policies, before.pods());
    Pod strategy = pod(before, "strategy");
    Pod metadata = pod(before, "the cloud's metadata");
    assertThat(before.ports(strategy, metadata)).isEmpty();
    assertThat(after.ports(strategy, metadata)).containsExactly("443", "80");
  }

  @Test
  void blocks_contain_their_addresses() {
    assertThat(Cidr.contains("0.0.0.0/0", "198.51.100.7")).isTrue();
    assertThat(Cidr.contains("172.16.0.0/12", "172.31.255.255")).isTrue();
    assertThat(Cidr.contains("172.16.0.0/12", "172.32.0.0")).isFalse();
  }

  private static Reachability reachability(List<Manifest> manifests) {
    List<Pod> pods = new ArrayList<>();
    of(manifests, Deployment.class).map(Pod::of).forEach(pods::add);
    pods.addAll(OUTSIDE);
    return new Reachability(of(manifests, NetworkPolicy.class).toList(), pods);
  }

  private static <T> Stream<T> of(List<Manifest> manifests, Class<T> kind) {
    return manifests.stream().map(Manifest::understood).filter(kind::isInstance).map(kind::cast);
  }

  private static Pod pod(Reachability reachability, String name) {
    return reachability.pods().stream()
        .filter(pod -> pod.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Returns whom a pod reaches, by which ports. What is outside is not asked about its likes. */
  private static SortedMap<String, List<String>> callees(Reachability reachability, Pod caller) {
    SortedMap<String, List<String>> callees = new TreeMap<>();
    for (Pod receiver : reachability.pods()) {
      // A pod may be called by another of its own application.
      if (!(OUTSIDE.contains(caller) && OUTSIDE.contains(receiver))) {
        SortedSet<String> ports = reachability.ports(caller, receiver);
        if (!ports.isEmpty()) {
          callees.put(receiver.name(), List.copyOf(ports));
        }
      }
    }
    return callees;
  }

  /** Returns the table, with callers that reach the same in one row. */
  private static String table(Reachability reachability) {
    Map<String, List<String>> callers = new LinkedHashMap<>();
    for (Pod caller : reachability.pods()) {
      String reached =
          callees(reachability, caller).entrySet().stream()
              .map(callee ->
                  "%s (%s)".formatted(callee.getKey(), String.join(", ", callee.getValue())))
              .collect(Collectors.joining(", "));
      callers.computeIfAbsent(reached, each -> new ArrayList<>()).add(caller.name());
    }
    StringBuilder table = new StringBuilder("| From | To (port) |\n|---|---|\n");
    callers.forEach((reached, names) ->
        table.append("| %s | %s |\n".formatted(String.join(", ", names), reached)));
    return table.toString();
  }

  private static Pod server(String name, String namespace, Map<String, String> labels, int port) {
    return new Pod(name, namespace, labels, null, new TreeMap<>(Map.of(port, "")));
  }

  private static Pod address(String name, String address) {
    return new Pod(name, "outside", Map.of(), address, new TreeMap<>(Map.of(80, "", 443, "")));
  }
}
