package io.plumbline.demo.step;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.StepFailed;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * Calls the application and checks that the demo's release answers. No earlier step shows that the
 * release still serves.
 */
public final class ReleaseCheckStep implements Step {

  private final String question;

  /**
   * @param question the question to the application
   */
  public ReleaseCheckStep(String question) {
    this.question = question;
  }

  @Override
  public String title() {
    return "Call the application: it answers by its release";
  }

  @Override
  public void run(DemoContext demo) {
    ApiResponse apiResponse = demo.driver().ask(question).expect(200);
    demo.recordChange();
    // A trace is stored some moments after its answer.
    JsonNode trace =
        demo.ada
            .await(
                "the trace of the call",
                Duration.ofSeconds(30),
                "/api/traces?traceId=" + apiResponse.header("x-plumbline-trace"),
                list -> list.at("/items/0").isObject())
            .at("/items/0");
    String release = trace.at("/releaseId").asString("");
    if (!release.equals(demo.get("release"))) {
      throw new StepFailed(
          "%s answered by %s, and not by the demo's release %s"
              .formatted(
                  demo.application(),
                  release.isEmpty() ? "no release" : "release " + release,
                  demo.get("release")));
    }
    demo.check(true, "%s answered by release %s".formatted(demo.application(), release));
    demo.put("serving", "%s, by release %s".formatted(demo.get("chosen"), release));
  }
}
