package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The committed API descriptions of all services. */
record ApiDescriptions(List<Operation> operations) {

  /**
   * A method and a path with parameters in braces.
   *
   * @param query the names of the query parameters
   * @param body the fields of the request
   * @param names the fields of the request and of the answers, nested ones too
   */
  record Operation(
      String method, String path, Set<String> query, Set<String> body, Set<String> names) {

    /** Returns whether this path can be the path of a client, in which {@code *} is unknown. */
    boolean matches(SourceCalls.Call call) {
      String[] mine = path.split("/", -1);
      String[] theirs = call.path().split("/", -1);
      boolean same = mine.length == theirs.length;
      for (int i = 0; same && i < mine.length; i++) {
        same = mine[i].startsWith("{") || mine[i].equals(theirs[i]);
      }
      return same && (call.method().equals("*") || call.method().equals(method));
    }
  }

  static ApiDescriptions read(Path services) throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    List<Operation> operations = new ArrayList<>();
    try (Stream<Path> folders = Files.list(services)) {
      for (Path file :
          folders
              .filter(folder -> !folder.endsWith("platform-test"))
              .map(folder -> folder.resolve("openapi.yaml"))
              .filter(Files::exists)
              .toList()) {
        operations.addAll(operations(yaml.readTree(file.toFile())));
      }
    }
    return new ApiDescriptions(operations);
  }

  private static List<Operation> operations(JsonNode description) {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.at("/paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        JsonNode operation = method.getValue();
        JsonNode request = operation.at("/requestBody/content/application~1json/schema");
        Set<String> names = new HashSet<>();
        collect(description, operation, names, new HashSet<>());
        operations.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                operation
                    .at("/parameters")
                    .valueStream()
                    .map(parameter -> parameter.at("/name").asString())
                    .collect(Collectors.toSet()),
                new HashSet<>(resolved(description, request).at("/properties").propertyNames()),
                names));
      }
    }
    return operations;
  }

  private static JsonNode resolved(JsonNode description, JsonNode schema) {
    return schema.has("$ref") ? description.at(schema.at("/$ref").asString().substring(1)) : schema;
  }

  /** Returns the names of all properties below a node, through references. */
  private static void collect(
      JsonNode description, JsonNode node, Set<String> names, Set<String> visited) {
    if (node.has("$ref") && visited.add(node.at("/$ref").asString())) {
      collect(description, resolved(description, node), names, visited);
    }
    names.addAll(node.at("/properties").propertyNames());
    node.forEach(child -> collect(description, child, names, visited));
  }
}
