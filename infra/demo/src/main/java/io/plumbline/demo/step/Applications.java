package io.plumbline.demo.step;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Requests about applications that several steps make. */
public final class Applications {

  private Applications() {}

  /** Registers the application, unless that was done. */
  public static void register(
      DemoContext demo, String purpose, String owner, String task, int monthlyVolume) {
    if (!demo.exists("/api/applications/" + demo.application())) {
      demo.ada
          .post(
              "/api/applications",
              Map.of(
                  "name",
                  demo.application(),
                  "purpose",
                  purpose,
                  "owner",
                  owner,
                  "criticality",
                  "MEDIUM",
                  "task",
                  task,
                  "monthlyVolume",
                  monthlyVolume))
          .expect(201);
    }
  }

  /** Assesses the application, of high target and limited resources, unless that was done. */
  public static void assess(DemoContext demo, String dataAvailability, String specificity) {
    String assessments = "/api/applications/" + demo.application() + "/assessments";
    JsonNode assessment =
        demo.find(assessments, each -> true)
            .orElseGet(() ->
                demo.ada
                    .post(
                        assessments,
                        Map.of(
                            "dataAvailability",
                            dataAvailability,
                            "specificity",
                            specificity,
                            "performanceTarget",
                            "HIGH",
                            "resources",
                            "LIMITED"))
                    .expect(201)
                    .json());
    demo.log.print(
        "assessed: " + assessment.at("/approach").asString() + " by " + assessment.at("/path"));
  }
}
