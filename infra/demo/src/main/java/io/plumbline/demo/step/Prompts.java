package io.plumbline.demo.step;

import io.plumbline.demo.driver.PromptDriver;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Requests about prompts that several steps make. */
public final class Prompts {

  private Prompts() {}

  /** Creates a prompt, unless that was done. */
  public static void create(DemoContext demo, String name, String description, String tag) {
    if (!demo.exists("/api/prompts/" + name)) {
      new PromptDriver(demo.ada, name)
          .create(Map.of("description", description, "tags", List.of(tag)))
          .expect(201);
    }
  }

  /**
   * Publishes a version, unless one with this message was published, and prints its name.
   *
   * @param content of the version, without its message
   * @return the digest of the version
   */
  public static String publish(
      DemoContext demo, String prompt, String message, Map<String, Object> content) {
    JsonNode version =
        demo.find(
                "/api/prompts/" + prompt + "/versions",
                each -> each.at("/message").asString("").equals(message))
            .orElseGet(() ->
                new PromptDriver(demo.ada, prompt).publish(message, content).expect(201).json());
    String digest = version.at("/digest").asString();
    demo.log.print(
        "%s v%s %s… %s"
            .formatted(
                prompt, version.at("/version").asString(), digest.substring(0, 12), message));
    return digest;
  }
}
