package io.plumbline.manifests;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Computes which pods reach which by NetworkPolicies: the caller's egress and the receiver's
 * ingress must both admit a connection.
 *
 * @param policies the policies of the namespace
 * @param pods the pods of the namespace, and others outside that are known by their labels
 */
record Reachability(List<NetworkPolicy> policies, List<Pod> pods) {

  static final String NAMESPACE = "plumbline";

  /**
   * A pod or a server.
   *
   * @param address its address if policies know it by that and not by labels
   * @param ports its ports by number; the name is empty where a port has none
   */
  record Pod(
      String name,
      String namespace,
      Map<String, String> labels,
      @Nullable String address,
      SortedMap<Integer, String> ports) {

    static Pod of(Deployment deployment) {
      var template = deployment.getSpec().getTemplate();
      SortedMap<Integer, String> ports = new TreeMap<>();
      for (ContainerPort port : template.getSpec().getContainers().getFirst().getPorts()) {
        ports.put(port.getContainerPort(), port.getName());
      }
      return new Pod(
          deployment.getMetadata().getName(),
          NAMESPACE,
          template.getMetadata().getLabels(),
          null,
          ports);
    }
  }

  /** Returns the ports by which a caller reaches a receiver, as their names or numbers. */
  SortedSet<String> ports(Pod caller, Pod receiver) {
    SortedSet<String> open = new TreeSet<>();
    receiver
        .ports()
        .forEach((number, name) -> {
          if (mayLeave(caller, receiver, number, name)
              && mayEnter(caller, receiver, number, name)) {
            open.add(name.isEmpty() ? number.toString() : name);
          }
        });
    return open;
  }

  private boolean mayLeave(Pod caller, Pod receiver, int number, String name) {
    List<NetworkPolicy> selecting = selecting(caller, "Egress");
    return selecting.isEmpty()
        || selecting.stream()
            .flatMap(policy -> policy.getSpec().getEgress().stream())
            .anyMatch(rule ->
                admits(rule.getTo(), receiver) && admitsPort(rule.getPorts(), number, name));
  }

  private boolean mayEnter(Pod caller, Pod receiver, int number, String name) {
    List<NetworkPolicy> selecting = selecting(receiver, "Ingress");
    return selecting.isEmpty()
        || selecting.stream()
            .flatMap(policy -> policy.getSpec().getIngress().stream())
            .anyMatch(rule ->
                admits(rule.getFrom(), caller) && admitsPort(rule.getPorts(), number, name));
  }

  private List<NetworkPolicy> selecting(Pod pod, String type) {
    return policies.stream()
        .filter(policy -> pod.namespace().equals(NAMESPACE))
        .filter(policy -> policy.getSpec().getPolicyTypes().contains(type))
        .filter(policy -> matches(policy.getSpec().getPodSelector(), pod.labels()))
        .toList();
  }

  /** Returns whether a rule's peers include a pod; a rule without peers admits everybody. */
  private static boolean admits(List<NetworkPolicyPeer> peers, Pod pod) {
    return peers.isEmpty() || peers.stream().anyMatch(peer -> includes(peer, pod));
  }

  private static boolean includes(NetworkPolicyPeer peer, Pod pod) {
    if (peer.getIpBlock() != null) {
      return pod.address() != null
          && Cidr.contains(peer.getIpBlock().getCidr(), pod.address())
          && peer.getIpBlock().getExcept().stream()
              .noneMatch(block -> Cidr.contains(block, Objects.requireNonNull(pod.address())));
    }
    boolean namespace =
        peer.getNamespaceSelector() == null
            ? pod.namespace().equals(NAMESPACE)
            : matches(
                peer.getNamespaceSelector(),
                Map.of("kubernetes.io/metadata.name", pod.namespace()));
    return pod.address() == null
        && namespace
        && (peer.getPodSelector() == null || matches(peer.getPodSelector(), pod.labels()));
  }

  private static boolean admitsPort(List<NetworkPolicyPort> ports, int number, String name) {
    return ports.isEmpty()
        || ports.stream()
            .map(NetworkPolicyPort::getPort)
            .anyMatch(port -> port == null || isPort(port, number, name));
  }

  private static boolean isPort(IntOrString port, int number, String name) {
    return port.getStrVal() == null ? port.getIntVal() == number : port.getStrVal().equals(name);
  }

  private static boolean matches(LabelSelector selector, Map<String, String> labels) {
    Map<String, String> equal =
        selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
    return labels.entrySet().containsAll(equal.entrySet())
        && selector.getMatchExpressions().stream()
            .allMatch(requirement -> matches(requirement, labels));
  }

  private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
    if (!requirement.getOperator().equals("In")) {
      throw new IllegalStateException("The operator " + requirement.getOperator() + " is not read");
    }
    return requirement.getValues().contains(labels.get(requirement.getKey()));
  }
}
