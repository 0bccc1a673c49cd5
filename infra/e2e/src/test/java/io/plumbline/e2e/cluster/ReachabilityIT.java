package io.plumbline.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.cluster.Cluster.Pod;
import io.plumbline.e2e.cluster.Cluster.Port;
import io.plumbline.e2e.cluster.Probe.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connects from every pod to every port of every other one and to the servers, and from pods that
 * are none of the installation. What connects must be what the documented table says, no more and
 * no less. What nobody may reach is tried too, and each port has to answer somebody, so that a
 * receiver that is down is no pass.
 */
@ExtendWith(Cluster.class)
class ReachabilityIT {

  /** The pods that the check makes: one that listens, too, and those of other namespaces. */
  private static final String STRANGER = "plumbline-check";

  private static final int STRANGER_PORT = 8080;
  private static final String ELSEWHERE = Cluster.setting("namespace").orElse("") + "-check";
  private static final String MONITORING = "monitoring";

  /** The number of pods that are probed at a time. */
  private static final int AT_ONCE = 3;

  private static boolean monitoringIsOurs;

  private static final DocumentedTable TABLE = DocumentedTable.read();

  /** A pod or a host from which connections are tried, under its name in the table. */
  private record Caller(String name, String shown, Callable<Set<Target>> connects) {}

  /** A port to which they are tried. */
  private record Receiver(String shown, Target target, String application, String port) {}

  @BeforeAll
  static void make_strangers() {
    Cluster.tryKubectl("create", "namespace", ELSEWHERE);
    monitoringIsOurs = Cluster.tryKubectl("create", "namespace", MONITORING).exit() == 0;
    Cluster.apply(pod(Cluster.namespace(), "{}"));
    Cluster.apply(pod(ELSEWHERE, "{}"));
    Cluster.apply(pod(MONITORING, "{app.kubernetes.io/name: prometheus}"));
    for (String namespace : List.of(Cluster.namespace(), ELSEWHERE, MONITORING)) {
      Cluster.kubectl(
          "wait",
          "pod/" + STRANGER,
          "--namespace",
          namespace,
          "--for=condition=Ready",
          "--timeout=2m");
    }
  }

  @AfterAll
  static void remove_strangers() {
    if (Cluster.setting("namespace").isPresent()) {
      for (String namespace : List.of(Cluster.namespace(), ELSEWHERE, MONITORING)) {
        Cluster.tryKubectl(
            "delete", "pod/" + STRANGER, "--namespace", namespace, "--now", "--ignore-not-found");
      }
      Cluster.tryKubectl("delete", "namespace", ELSEWHERE, "--wait=false");
      if (monitoringIsOurs) {
        Cluster.tryKubectl("delete", "namespace", MONITORING, "--wait=false");
      }
    }
  }

  @Test
  void packets_go_where_the_table_says_and_nowhere_else() throws Exception {
    List<Receiver> receivers = receivers();
    List<Target> targets = receivers.stream().map(Receiver::target).distinct().toList();
    Map<Caller, Set<Target>> connected = connections(callers(targets));

    List<String> wrong = new ArrayList<>();
    Set<Receiver> answered = new HashSet<>();
    int allowed = 0;
    for (Map.Entry<Caller, Set<Target>> each : connected.entrySet()) {
      Caller caller = each.getKey();
      for (Receiver receiver : receivers) {
        boolean connects = each.getValue().contains(receiver.target());
        boolean expected = expected(caller, receiver);
        if (connects) {
          answered.add(receiver);
          allowed++;
        }
        if (connects != expected && !caller.shown().equals(receiver.shown())) {
          wrong.add(
              "%s %s %s"
                  .formatted(
                      caller.shown(),
                      connects ? "reaches, but must not:" : "does not reach, but must:",
                      receiver.shown() + " " + receiver.port() + " at " + receiver.target()));
        }
      }
    }
    Set<String> silent = new TreeSet<>();
    receivers.stream()
        .filter(receiver -> !answered.contains(receiver) && !isStranger(receiver))
        .forEach(receiver -> silent.add(receiver.shown() + " " + receiver.port()));
    System.out.printf(
        "%d callers, %d ports: %d connections made, %d refused; against the table: %s%n",
        connected.size(),
        receivers.size(),
        allowed,
        connected.size() * receivers.size() - allowed,
        wrong.isEmpty() ? "none" : wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(silent).as("ports that answered nobody, so that nothing is known").isEmpty();
  }

  private static boolean isStranger(Receiver receiver) {
    return receiver.application().isEmpty();
  }

  private static boolean expected(Caller caller, Receiver receiver) {
    if (receiver.port().equals("server")) {
      // The table is that of the plainest installation, whose gateway keeps sessions in its memory.
      return TABLE.allows(caller.name(), receiver.application())
          || (receiver.application().equals("Redis") && caller.name().equals("gateway"));
    }
    return TABLE.allows(caller.name(), receiver.application(), receiver.port());
  }

  private static List<Receiver> receivers() {
    List<Receiver> receivers = new ArrayList<>();
    for (Pod pod : Cluster.pods()) {
      for (Port port : pod.ports()) {
        receivers.add(
            new Receiver(
                pod.toString(),
                new Target(pod.address(), port.number()),
                pod.application(),
                port.name()));
      }
    }
    for (String namespace : List.of(Cluster.namespace(), ELSEWHERE)) {
      receivers.add(
          new Receiver(
              STRANGER + " in " + namespace,
              new Target(address(namespace), STRANGER_PORT),
              "",
              "http"));
    }
    servers().forEach((name, target) -> receivers.add(new Receiver(name, target, name, "server")));
    return receivers;
  }

  /** Returns the servers by name, from {@code PostgreSQL=10.0.0.5:5432,Kafka=10.0.0.6:9093}. */
  private static Map<String, Target> servers() {
    Map<String, Target> servers = new LinkedHashMap<>();
    Cluster.setting("servers")
        .ifPresent(all -> {
          for (String each : all.split(",", -1)) {
            String[] parts = each.split("[=:]", 3);
            servers.put(parts[0], new Target(parts[1], Integer.parseInt(parts[2])));
          }
        });
    return servers;
  }

  private static List<Caller> callers(List<Target> targets) {
    List<Caller> callers = new ArrayList<>();
    String installation = Cluster.namespace();
    for (Pod pod : Cluster.pods()) {
      callers.add(
          new Caller(
              pod.application(),
              pod.toString(),
              () -> Probe.connects(pod.name(), installation, targets)));
    }
    Map.of(
            installation,
            "another pod of the namespace",
            ELSEWHERE,
            "a pod of another namespace",
            MONITORING,
            "Prometheus")
        .forEach((namespace, name) ->
            callers.add(
                new Caller(
                    name, name, () -> Probe.connects(STRANGER, namespace, onlyPods(targets)))));
    Cluster.setting("servers-shell")
        .ifPresentOrElse(
            shell ->
                callers.add(
                    new Caller(
                        "PostgreSQL",
                        "the servers",
                        () -> Probe.connectsFrom(shell, onlyPods(targets)))),
            () -> System.out.println("not tried: from the servers, without --servers-shell"));
    return callers;
  }

  /**
   * Returns the targets without servers and strangers: the installation's policies say nothing of
   * who else reaches these.
   */
  private static List<Target> onlyPods(List<Target> targets) {
    List<String> addresses = Cluster.pods().stream().map(Pod::address).toList();
    return targets.stream().filter(target -> addresses.contains(target.host())).toList();
  }

  private static Map<Caller, Set<Target>> connections(List<Caller> callers)
      throws InterruptedException, ExecutionException {
    Map<Caller, Future<Set<Target>>> probes = new LinkedHashMap<>();
    Map<Caller, Set<Target>> connections = new LinkedHashMap<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Caller caller : callers) {
        probes.put(caller, executor.submit(caller.connects()));
      }
      for (Map.Entry<Caller, Future<Set<Target>>> probe : probes.entrySet()) {
        connections.put(probe.getKey(), probe.getValue().get());
      }
    }
    return connections;
  }

  private static String address(String namespace) {
    return Cluster.kubectl(
            "get",
            "pod",
            STRANGER,
            "--namespace",
            namespace,
            "--output",
            "jsonpath={.status.podIP}")
        .strip();
  }

  private static String pod(String namespace, String labels) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: %s
      labels: %s
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 1
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: listen
          image: %s
          imagePullPolicy: IfNotPresent
          command: [httpd, -f, -p, "%d", -h, /]
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
    """
        .formatted(STRANGER, namespace, labels, Probe.IMAGE, STRANGER_PORT);
  }
}
