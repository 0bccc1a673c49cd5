package io.plumbline.manifests;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules that every pod of a render obeys: the Restricted profile of the Pod Security Standards,
 * a read-only root file system, bounds of memory and disk, and no secret written down.
 */
final class PodRules {

  private PodRules() {}

  /** Returns what a deployment does wrong, each as a phrase; empty if it obeys all rules. */
  static List<String> violations(Deployment deployment) {
    return violations(deployment.getSpec().getTemplate().getSpec());
  }

  static List<String> violations(PodSpec pod) {
    List<String> found = new ArrayList<>();
    check(found, pod);
    Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
        .forEach(container -> check(found, container));
    for (Volume volume : pod.getVolumes()) {
      if (volume.getHostPath() != null) {
        found.add("mounts the node's disk");
      }
      if (volume.getEmptyDir() != null && volume.getEmptyDir().getSizeLimit() == null) {
        found.add("has a folder without a limit");
      }
    }
    return found;
  }

  private static void check(List<String> found, PodSpec pod) {
    var security = pod.getSecurityContext();
    if (security == null || !Boolean.TRUE.equals(security.getRunAsNonRoot())) {
      found.add("may run as root");
    }
    if (security == null
        || security.getSeccompProfile() == null
        || !"RuntimeDefault".equals(security.getSeccompProfile().getType())) {
      found.add("has no seccomp profile");
    }
    if (!Boolean.FALSE.equals(pod.getAutomountServiceAccountToken())) {
      found.add("mounts a token of the API server");
    }
    if (!Boolean.FALSE.equals(pod.getEnableServiceLinks())) {
      found.add("has variables of all Services");
    }
    if (Boolean.TRUE.equals(pod.getHostNetwork())) {
      found.add("uses the node's network");
    }
  }

  private static void check(List<String> found, Container container) {
    SecurityContext security = container.getSecurityContext();
    if (security == null || !Boolean.FALSE.equals(security.getAllowPrivilegeEscalation())) {
      found.add("may gain privileges");
    }
    if (security == null || !Boolean.TRUE.equals(security.getReadOnlyRootFilesystem())) {
      found.add("may write to its image");
    }
    if (security == null
        || security.getCapabilities() == null
        || !List.of("ALL").equals(security.getCapabilities().getDrop())) {
      found.add("keeps capabilities");
    }
    Map<?, ?> limits =
        container.getResources() == null ? Map.of() : container.getResources().getLimits();
    if (!limits.containsKey("memory")) {
      found.add("has no limit of memory");
    }
    if (container.getImage().endsWith(":latest") || !container.getImage().contains(":")) {
      found.add("has an image without a version");
    }
    for (EnvVar variable : container.getEnv()) {
      if (variable.getName().matches(".*(PASSWORD|SECRET|SIGNING_KEY|SECRET_KEYS|MAC_KEYS)$")
          && variable.getValue() != null) {
        found.add("writes a secret down: " + variable.getName());
      }
    }
  }
}
