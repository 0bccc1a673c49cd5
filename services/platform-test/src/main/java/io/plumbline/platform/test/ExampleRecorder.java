package io.plumbline.platform.test;

import io.plumbline.platform.test.OpenApiSpecification.Operation;
import io.plumbline.platform.test.TestClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records the first successful exchange of each operation as its example in the API description,
 * unless it has one. It is active with {@code -Dopenapi.examples=true}.
 */
final class ExampleRecorder {

  private static final int ITEMS = 2;

  private final Path folder;
  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  ExampleRecorder(Path folder) {
    this.folder = folder;
  }

  synchronized void record(Operation operation, byte @Nullable [] request, Answer answer) {
    Path file = folder.resolve(operation.id() + ".json");
    if (Files.exists(file)) {
      return;
    }
    ObjectNode example = json.createObjectNode();
    if (operation.node().has("requestBody") && request != null) {
      put(example, "request", request);
    }
    if (answer.header("Content-Type").startsWith("application/json")) {
      put(example, "response", answer.body().getBytes(StandardCharsets.UTF_8));
    }
    JsonNode items = example.at("/response/items");
    if (example.isEmpty() || (items.isArray() && items.isEmpty())) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(file, json.writeValueAsString(example) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(ObjectNode example, String name, byte[] body) {
    try {
      JsonNode node = json.readTree(body);
      shorten(node);
      if (!node.isMissingNode()) {
        example.set(name, node);
      }
    } catch (JacksonException notJson) {
      // CSV and JSON Lines have no example.
    }
  }

  private static void shorten(JsonNode node) {
    if (node instanceof ArrayNode array) {
      while (array.size() > ITEMS) {
        array.remove(array.size() - 1);
      }
    }
    node.forEach(ExampleRecorder::shorten);
  }
}
