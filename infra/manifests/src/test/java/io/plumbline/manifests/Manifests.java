package io.plumbline.manifests;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads committed manifests into the typed models, keeping what a document said beside what the
 * model understood. Kinds of operators, for which there is no model, are read without one, and
 * their fields are listed in {@link OperatorFields}.
 */
final class Manifests {

  private static final Path BASE = Path.of("../../k8s/base");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.ofEntries(
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("gateway.networking.k8s.io/v1 BackendTLSPolicy", BackendTLSPolicy.class),
          Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
          Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("scheduling.k8s.io/v1 PriorityClass", PriorityClass.class),
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 Pod", Pod.class),
          Map.entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("v1 Service", Service.class));

  record Manifest(String file, JsonNode written, HasMetadata understood) {

    @Override
    public String toString() {
      return file + " " + understood.getKind() + " " + understood.getMetadata().getName();
    }
  }

  private Manifests() {}

  static JsonNode kustomization() {
    return kustomization(BASE);
  }

  static JsonNode kustomization(Path folder) {
    return YAML.readTree(folder.resolve("kustomization.yaml").toFile());
  }

  /** Returns the manifests of {@code k8s/base}. */
  static List<Manifest> all() {
    return all(BASE);
  }

  static List<Manifest> all(Path folder) {
    List<Manifest> manifests = new ArrayList<>();
    for (JsonNode resource : kustomization(folder).path("resources")) {
      String file = resource.asString();
      try (MappingIterator<JsonNode> documents =
          YAML.readerFor(JsonNode.class).readValues(folder.resolve(file).toFile())) {
        while (documents.hasNext()) {
          manifests.add(read(file, documents.next()));
        }
      }
    }
    return manifests;
  }

  static Manifest read(String file, JsonNode document) {
    String kind = document.path("apiVersion").asString() + " " + document.path("kind").asString();
    Class<? extends HasMetadata> model =
        OperatorFields.knows(kind) ? GenericKubernetesResource.class : KINDS.get(kind);
    if (model == null) {
      throw new IllegalStateException(
          file + " holds a " + kind + ", for which no model is listed here");
    }
    return new Manifest(file, document, YAML.treeToValue(document, model));
  }

  static JsonNode parse(String yaml) {
    return YAML.readTree(yaml);
  }

  /**
   * Returns the places where the model put a field aside as unknown. An API server under strict
   * validation would reject such fields, a lenient one would drop them silently.
   */
  static SortedSet<String> unknownFields(Object model) {
    SortedSet<String> found = new TreeSet<>();
    collect("", model, found);
    return found;
  }

  private static void collect(String at, Object value, SortedSet<String> found) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> collect(at + "/" + key, each, found));
    } else if (value instanceof Iterable<?> list) {
      list.forEach(each -> collect(at + "/-", each, found));
    } else if (value.getClass().getName().startsWith("io.fabric8.")) {
      Models.unknown(value).keySet().forEach(name -> found.add(at + "/" + name));
      Models.properties(value).forEach((name, each) -> collect(at + "/" + name, each, found));
    }
  }
}
