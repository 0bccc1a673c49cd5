package io.plumbline.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tries to connect from within pods, by a container that is added to them for a moment. */
final class Probe {

  /** An address to connect to. */
  record Target(String host, int port) {

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** An image with a shell and {@code nc}; it has to be in the cluster or to be pulled. */
  static final String IMAGE = Cluster.setting("image").orElse("busybox:1.37");

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String OPEN = "open ";
  private static final String DONE = "all tried";

  private Probe() {}

  /** Returns the targets that a pod connects to within three seconds. */
  static Set<Target> connects(String pod, String namespace, List<Target> targets) {
    String container = "check-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    Cluster.tryKubectl(
            "debug",
            "pod/" + pod,
            "--namespace",
            namespace,
            "--container",
            container,
            "--image",
            IMAGE,
            "--image-pull-policy",
            "IfNotPresent",
            "--profile",
            "restricted",
            "--quiet",
            "--",
            "sh",
            "-c",
            script(targets))
        .expectSuccess();
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> terminated(pod, namespace, container));
    return read(
        Cluster.kubectl("logs", pod, "--namespace", namespace, "--container", container), targets);
  }

  /**
   * Returns the targets that are connected to by a command line, which runs a script of a shell.
   */
  static Set<Target> connectsFrom(String shell, List<Target> targets) {
    return read(
        Cluster.shell(shell + " sh -c '" + script(targets).replace("'", "'\\''") + "'")
            .expectSuccess(),
        targets);
  }

  private static String script(List<Target> targets) {
    return targets.stream()
        .map(target ->
            "(nc -w 3 %s %d </dev/null >/dev/null 2>&1 && echo '%s%s') &"
                .formatted(target.host(), target.port(), OPEN, target))
        .collect(Collectors.joining(" ", "", " wait; echo " + DONE));
  }

  private static boolean terminated(String pod, String namespace, String container) {
    JsonNode statuses =
        JsonMapper.shared()
            .readTree(
                Cluster.kubectl("get", "pod", pod, "--namespace", namespace, "--output", "json"))
            .at("/status/ephemeralContainerStatuses");
    return statuses
        .valueStream()
        .filter(status -> status.at("/name").asString().equals(container))
        .anyMatch(status -> status.at("/state").has("terminated"));
  }

  private static Set<Target> read(String output, List<Target> targets) {
    assertThat(output).as("The probe did not come to its end").contains(DONE);
    Set<Target> open = new HashSet<>();
    for (Target target : targets) {
      if (output.lines().anyMatch(line -> line.strip().equals(OPEN + target))) {
        open.add(target);
      }
    }
    return open;
  }
}
