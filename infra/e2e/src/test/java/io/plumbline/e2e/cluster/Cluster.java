package io.plumbline.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The installation that is checked. It is reached by {@code kubectl}, with the kubeconfig of the
 * environment, and by the gateway that the access file names.
 */
final class Cluster {

  /** The label of every pod of the installation. */
  static final String PART = "app.kubernetes.io/part-of=plumbline";

  /** The property without which the checks are skipped. */
  static final String PROPERTY = "cluster.namespace";

  static final String WHY_NOT = "checks of a cluster run by ./plumbline check-cluster";

  private static final String NAME_LABEL = "/metadata/labels/app.kubernetes.io~1name";

  private Cluster() {}

  /** The output of a command, with what it wrote to standard error, and its exit code. */
  record Outcome(String command, int exit, String output) {

    String expectSuccess() {
      assertThat(exit).as("%s: %s", command, output).isZero();
      return output;
    }
  }

  /**
   * A running pod.
   *
   * @param application the name of what runs in it, such as {@code gateway}
   */
  record Pod(String name, String application, String address, List<Port> ports) {

    @Override
    public String toString() {
      return application + " (" + name + ")";
    }
  }

  /** A port of a pod. */
  record Port(String name, int number) {}

  /** Returns what the system property {@code cluster.NAME} says; empty if it says nothing. */
  static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getProperty("cluster." + name))
        .filter(value -> !value.isBlank());
  }

  static String namespace() {
    return setting("namespace").orElseThrow();
  }

  /** Runs {@code kubectl} in the namespace of the installation, and expects that it succeeds. */
  static String kubectl(String... arguments) {
    return tryKubectl(arguments).expectSuccess();
  }

  static Outcome tryKubectl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl", "--namespace", namespace()));
    command.addAll(List.of(arguments));
    return run(command, "");
  }

  /** Creates or changes objects. */
  static void apply(String manifest) {
    run(List.of("kubectl", "apply", "--filename", "-"), manifest).expectSuccess();
  }

  /** Returns the objects of a kind with a label. */
  static List<JsonNode> objects(String kind, String label) {
    return JsonMapper.shared()
        .readTree(kubectl("get", kind, "--selector", label, "--output", "json"))
        .at("/items")
        .valueStream()
        .toList();
  }

  /** Returns the names of the deployments of the installation, or those that are named. */
  static List<String> deployments() {
    return setting("deployments")
        .map(named -> List.of(named.split(",", -1)))
        .orElseGet(() ->
            objects("deployment", PART).stream()
                .map(each -> each.at("/metadata/name").asString())
                .toList());
  }

  /** Returns the running pods of the installation. */
  static List<Pod> pods() {
    return objects("pod", PART).stream()
        .filter(each -> each.at("/status/phase").asString().equals("Running"))
        .filter(each -> each.at("/metadata/deletionTimestamp").isMissingNode())
        .map(Cluster::pod)
        .toList();
  }

  private static Pod pod(JsonNode pod) {
    return new Pod(
        pod.at("/metadata/name").asString(),
        pod.at(NAME_LABEL).asString(),
        pod.at("/status/podIP").asString(),
        pod.at("/spec/containers/0/ports")
            .valueStream()
            .map(port -> new Port(port.at("/name").asString(), port.at("/containerPort").asInt()))
            .toList());
  }

  /** Waits until every replica of a deployment is of its present version and ready. */
  static void awaitRollout(String deployment) {
    kubectl("rollout", "status", "deployment/" + deployment, "--timeout=15m");
  }

  static void awaitRollouts() {
    deployments().forEach(Cluster::awaitRollout);
  }

  /** Runs a command line of the operator, such as one that ends a node. */
  static Outcome shell(String commandLine) {
    return run(List.of("sh", "-c", commandLine), "");
  }

  private static Outcome run(List<String> command, String input) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(String.join(" ", command), process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
