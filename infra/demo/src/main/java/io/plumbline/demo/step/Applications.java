package io.plumbline.demo.step;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Requests about applications that several steps make. */
public final class Applications {

  private Applications() {}

  /**
   * Registers an application, unless that was done.
   *
   * @param registration with its name
   */
  public static void register(DemoContext demo, Map<String, Object> registration) {
    if (!demo.exists("/api/applications/" + registration.get("name"))) {
      demo.create("/api/applications", registration).expect(201);
    }
  }

  /** Assesses the application, unless that was done. */
  public static void assess(DemoContext demo, Map<String, Object> answers) {
    String assessments = "/api/applications/" + demo.application() + "/assessments";
    JsonNode assessment =
        demo.find(assessments, each -> true)
            .orElseGet(() -> demo.create(assessments, answers).expect(201).json());
    demo.log.print(
        "assessed: " + assessment.at("/approach").asString() + " by " + assessment.at("/path"));
  }
}
