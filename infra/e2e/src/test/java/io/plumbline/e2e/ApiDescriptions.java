package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The committed API descriptions of all services. */
record ApiDescriptions(List<Operation> operations, Set<String> names) {

  /** A method and a path with parameters in braces. */
  record Operation(String method, String path) {

    /** Whether a path of a client, in which {@code *} is unknown, can be this one. */
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
    Set<String> names = new HashSet<>();
    try (Stream<Path> folders = Files.list(services)) {
      for (Path file :
          folders
              .filter(folder -> !folder.endsWith("platform-test"))
              .map(folder -> folder.resolve("openapi.yaml"))
              .filter(Files::exists)
              .toList()) {
        JsonNode description = yaml.readTree(file.toFile());
        description
            .at("/paths")
            .propertyStream()
            .forEach(path ->
                path.getValue()
                    .propertyNames()
                    .forEach(method ->
                        operations.add(
                            new Operation(method.toUpperCase(Locale.ROOT), path.getKey()))));
        description
            .findValues("properties")
            .forEach(properties -> names.addAll(properties.propertyNames()));
      }
    }
    return new ApiDescriptions(operations, names);
  }
}
