package io.plumbline.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.e2e.Platform;
import io.plumbline.e2e.cluster.Cluster.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Changes and breaks the installation while a released application is asked twenty times a second
 * and people write to every registry. Of a planned change nobody may notice anything: nothing
 * fails, nothing is lost and nothing is done twice. Of a crash, nothing that was acknowledged may
 * be lost or done twice.
 */
@ExtendWith(Cluster.class)
class ChangesIT {

  /** The applications without which released variants answer. */
  private static final List<String> CONTROL_PLANE =
      List.of(
          "strategy",
          "evaluation",
          "training",
          "prompt-registry",
          "dataset-registry",
          "model-registry");

  private static final int MINUTES_AWAY = Integer.getInteger("cluster.minutes-away", 15);
  private static final Duration CALM = Duration.ofSeconds(10);
  private static final Duration NOTICED = Duration.ofMinutes(3);
  private static final Duration GROWN = Duration.ofMinutes(8);
  private static final Duration SHRUNK = Duration.ofMinutes(15);

  @Test
  void a_rolling_restart_fails_nothing() {
    Load load = Load.begin("rolling restart");
    Served.sleep(CALM);
    for (String deployment : Cluster.deployments()) {
      Cluster.kubectl("rollout", "restart", "deployment/" + deployment);
      Cluster.awaitRollout(deployment);
    }
    Served.sleep(CALM);
    load.endWithoutFailures();
  }

  /**
   * An upgrade, a rollback or the exchange of a secret, by the commands that the operator gives.
   */
  @Test
  void planned_changes_of_the_operator_fail_nothing() {
    List<String> commands = commands();
    assumeTrue(!commands.isEmpty(), "no --during COMMAND");
    for (String command : commands) {
      Load load = Load.begin(command);
      Served.sleep(CALM);
      System.out.println(Cluster.shell(command).expectSuccess());
      Cluster.awaitRollouts();
      Served.sleep(CALM);
      load.endWithoutFailures();
    }
  }

  private static List<String> commands() {
    return Cluster.setting("during")
        .map(all -> List.of(all.split("\\|\\|\\|", -1)))
        .orElse(List.of());
  }

  @Test
  void a_killed_pod_of_each_application_loses_nothing() {
    Load load = Load.begin("killed pods");
    Served.sleep(CALM);
    for (String deployment : Cluster.deployments()) {
      Pod victim =
          Cluster.pods().stream()
              .filter(pod -> pod.application().equals(deployment))
              .findFirst()
              .orElseThrow();
      Cluster.kubectl("delete", "pod", victim.name(), "--grace-period=0", "--force");
      Cluster.awaitRollout(deployment);
    }
    Served.sleep(CALM);
    load.end();
  }

  @Test
  void a_drained_node_fails_nothing_and_no_last_replica_is_evicted() {
    List<String> nodes = nodes();
    assumeTrue(nodes.size() > 1, "needs two nodes");
    Load load = Load.begin("drained node");
    Served.sleep(CALM);
    try {
      System.out.println(drain(nodes.getLast(), "5m").expectSuccess());
      Served.sleep(CALM);
      Cluster.Outcome second = drain(nodes.getFirst(), "1m");
      assertThat(second.exit()).as(second.output()).isNotZero();
      assertThat(second.output()).contains("violate the pod's disruption budget");
    } finally {
      nodes.forEach(node -> Cluster.kubectl("uncordon", node));
    }
    Cluster.awaitRollouts();
    Served.sleep(CALM);
    load.endWithoutFailures();
  }

  private static Cluster.Outcome drain(String node, String timeout) {
    return Cluster.tryKubectl(
        "drain",
        node,
        "--ignore-daemonsets",
        "--delete-emptydir-data",
        "--force",
        "--pod-selector=" + Cluster.PART,
        "--timeout=" + timeout);
  }

  /** Returns the nodes that have pods of the installation. */
  private static List<String> nodes() {
    return Cluster.objects("pod", Cluster.PART).stream()
        .map(pod -> pod.at("/spec/nodeName").asString(""))
        .filter(node -> !node.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void a_crashed_node_loses_nothing() {
    Optional<String> crash = Cluster.setting("crash");
    Optional<String> revive = Cluster.setting("revive");
    assumeTrue(crash.isPresent() && revive.isPresent(), "no --crash and --revive");
    Load load = Load.begin("crashed node");
    Served.sleep(CALM);
    Cluster.shell(crash.orElseThrow()).expectSuccess();
    Served.sleep(Duration.ofMinutes(1));
    Cluster.shell(revive.orElseThrow()).expectSuccess();
    Cluster.awaitRollouts();
    Served.sleep(CALM);
    load.end();
  }

  @Test
  void released_variants_answer_while_the_control_plane_is_away() {
    Load load = Load.begin("control plane away", Set.of("policy"));
    try {
      CONTROL_PLANE.forEach(each -> scale(each, 0));
      await().atMost(NOTICED).until(() -> pods(CONTROL_PLANE).isEmpty());
      long before = load.served().answered();
      Served.sleep(Duration.ofMinutes(MINUTES_AWAY));
      assertThat(load.served().answered()).isGreaterThan(before);
      ApiResponse missing = Platform.user("ada").get("/api/prompts");
      System.out.println("A list of prompts meanwhile: " + missing.status() + " " + missing);
      assertThat(missing.status()).isEqualTo(503);
    } finally {
      CONTROL_PLANE.forEach(each -> scale(each, 2));
    }
    Cluster.awaitRollouts();
    load.endWithoutFailures();
  }

  private static void scale(String deployment, int replicas) {
    Cluster.kubectl("scale", "deployment/" + deployment, "--replicas=" + replicas);
  }

  private static Set<String> pods(List<String> applications) {
    return Cluster.pods().stream()
        .map(Pod::application)
        .filter(applications::contains)
        .collect(Collectors.toSet());
  }

  @Test
  void inference_grows_and_shrinks_by_its_autoscaler_and_fails_nothing() {
    assumeTrue(autoscaled("inference").isPresent(), "inference has no autoscaler");
    int least = replicas("inference");
    Load load = Load.begin("autoscaler", Set.of("application"));
    List<Served> more = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      more.add(new Served());
    }
    more.forEach(Served::begin);
    await().atMost(GROWN).until(() -> replicas("inference") > least);
    System.out.println("grown to " + replicas("inference"));
    Cluster.awaitRollout("inference");
    more.forEach(Served::end);
    await().atMost(SHRUNK).until(() -> replicas("inference") == least);
    System.out.println("shrunk to " + replicas("inference"));
    load.endWithoutFailures();
    more.forEach(each -> assertThat(each.failures()).isEmpty());
  }

  private static Optional<JsonNode> autoscaled(String deployment) {
    return Cluster.objects("hpa", Cluster.PART).stream()
        .filter(each -> each.at("/spec/scaleTargetRef/name").asString().equals(deployment))
        .findFirst();
  }

  private static int replicas(String deployment) {
    return Cluster.objects("deployment", Cluster.PART).stream()
        .filter(each -> each.at("/metadata/name").asString().equals(deployment))
        .findFirst()
        .orElseThrow()
        .at("/spec/replicas")
        .asInt();
  }

  /** A version that needs more memory than its limit never replaces one that runs. */
  @Test
  void a_pod_above_its_memory_limit_is_ended_and_fails_nothing() {
    Load load = Load.begin("memory limit");
    Cluster.kubectl(
        "set",
        "resources",
        "deployment/strategy",
        "--containers=strategy",
        "--requests=memory=150Mi",
        "--limits=memory=150Mi");
    try {
      await().atMost(NOTICED).until(() -> endings("strategy").contains("OOMKilled"));
    } finally {
      Cluster.kubectl("rollout", "undo", "deployment/strategy");
    }
    Cluster.awaitRollout("strategy");
    Served.sleep(CALM);
    load.endWithoutFailures();
  }

  /** Returns why containers of a deployment ended. */
  private static Set<String> endings(String deployment) {
    return Cluster.objects("pod", "app.kubernetes.io/name=" + deployment).stream()
        .flatMap(pod -> pod.at("/status/containerStatuses").valueStream())
        .flatMap(status ->
            List.of("lastState", "state").stream()
                .map(state -> status.path(state).at("/terminated/reason").asString("")))
        .collect(Collectors.toSet());
  }
}
