package io.plumbline.manifests;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
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
 * Reads {@code k8s/base} into the typed models, keeping what a document said beside what the model
 * understood.
 */
final class Manifests {

  private static final Path BASE = Path.of("../../k8s/base");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "apps/v1 Deployment", Deployment.class,
          "v1 Service", Service.class,
          "v1 ConfigMap", ConfigMap.class,
          "v1 Namespace", Namespace.class,
          "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class);

  record Manifest(String file, JsonNode written, HasMetadata understood) {

    @Override
    public String toString() {
      return file + " " + understood.getKind() + " " + understood.getMetadata().getName();
    }
  }

  private Manifests() {}

  static JsonNode kustomization() {
    return YAML.readTree(BASE.resolve("kustomization.yaml").toFile());
  }

  static List<Manifest> all() {
    List<Manifest> manifests = new ArrayList<>();
    for (JsonNode resource : kustomization().path("resources")) {
      String file = resource.asString();
      try (MappingIterator<JsonNode> documents =
          YAML.readerFor(JsonNode.class).readValues(BASE.resolve(file).toFile())) {
        while (documents.hasNext()) {
          manifests.add(read(file, documents.next()));
        }
      }
    }
    return manifests;
  }

  static Manifest read(String file, JsonNode document) {
    String kind = document.path("apiVersion").asString() + " " + document.path("kind").asString();
    Class<? extends HasMetadata> model = KINDS.get(kind);
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
