package io.plumbline.evaluation.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cases that {@code golden/generate.py} computed with published implementations. */
public final class Golden {

  private Golden() {}

  public static JsonNode cases(String file) {
    try (InputStream golden = Golden.class.getResourceAsStream("/golden/" + file)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(golden)).path("cases");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
