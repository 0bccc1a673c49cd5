package io.plumbline.demo.mail;

import io.plumbline.demo.step.Approvals;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A step that opens fine-tuning by evidence, or by a waiver that a second person approves, and then
 * runs a sweep, training, registration and measurement.
 */
public final class FineTuningStep implements Step {

  @Override
  public String title() {
    return "Fine-tuning phase: waiver if the evidence does not open it, sweep, train, register,"
        + " evaluate";
  }

  @Override
  public void run(DemoContext demo) {
    String phases = "/api/applications/" + demo.application() + "/phases";
    JsonNode current =
        demo.ada.await(
            "the verdict on retrieval",
            Duration.ofSeconds(20),
            phases,
            list -> !List.of("LOCKED", "OPEN").contains(phaseState(list, "RETRIEVAL")));
    demo.log.print(
        "phases: prompt "
            + phaseState(current, "PROMPT")
            + ", retrieval "
            + phaseState(current, "RETRIEVAL")
            + ", fine-tuning "
            + phaseState(current, "FINE_TUNING"));
    if (phaseState(current, "FINE_TUNING").equals("LOCKED")) {
      waive(demo);
    }
    demo.ada.await("fine-tuning to open", Duration.ofSeconds(20), phases, FineTuningStep::isOpened);

    String sweep =
        demo.find("/api/sweeps?limit=100", each -> matches(each, demo))
            .map(each -> each.at("/sweepId").asString())
            .orElseGet(() -> startSweep(demo));
    JsonNode done =
        demo.ada.await(
            "the sweep",
            Duration.ofMinutes(20),
            "/api/sweeps/" + sweep,
            each ->
                !List.of("QUEUED", "RUNNING", "PENDING").contains(each.at("/state").asString()));
    demo.check(
        done.at("/bestJobId").isString(),
        done.at("/trials").size()
            + " trials; best "
            + done.at("/bestConfiguration")
            + " with validation macro-F1 "
            + Evaluations.numberText(done.at("/bestValue").asDouble()));

    String model = demo.application();
    if (!demo.exists("/api/models/" + model)) {
      demo.ada
          .post(
              "/api/models",
              Map.of(
                  "name",
                  model,
                  "description",
                  "Head on " + PromptStep.MODEL + " for " + demo.application()))
          .expect(201);
    }
    String job = done.at("/bestJobId").asString();
    String versions = "/api/models/" + model + "/versions";
    String version =
        demo.find(versions, each -> each.at("/lineage/jobId").asString("").equals(job))
            .orElseGet(() -> demo.ada.post(versions, Map.of("jobId", job)).expect(201).json())
            .at("/version")
            .asString();
    demo.log.print("registered " + model + "@" + version + " with its lineage");

    String tuned =
        Evaluations.composeVariant(
            demo,
            new Evaluations.VariantDefinition(
                    "fine-tuned", demo.get("prompt1"), model + "@" + version)
                .with("parameters", PromptStep.PARAMETERS));
    Evaluations.runOnValidation(demo, "fine-tuned", tuned);
    DemoContext.Candidate candidate =
        Evaluations.runOnTest(demo, "fine-tuned", "+fine-tuning", tuned);
    Evaluations.evaluatePhase(demo, "FINE_TUNING", candidate);
  }

  /**
   * Returns whether fine-tuning may begin, or was decided already by an earlier start of the demo.
   */
  static boolean isOpened(JsonNode phases) {
    return List.of("OPEN", "WAIVED", "MET", "MISSED").contains(phaseState(phases, "FINE_TUNING"));
  }

  private static boolean matches(JsonNode sweep, DemoContext demo) {
    return sweep.at("/application").asString("").equals(demo.application())
        && sweep.at("/splitDigest").asString("").equals(demo.get("splitDigest"))
        && !List.of("FAILED", "CANCELLED").contains(sweep.at("/state").asString());
  }

  private static String startSweep(DemoContext demo) {
    Map<String, Object> sweep = new HashMap<>(trainingRequest(demo));
    sweep.putAll(
        Map.of(
            "hyperparameters",
            Map.of("batchSize", 32, "maxTokens", 128),
            "metric",
            "macro_f1",
            "maxTrials",
            4,
            "grid",
            Map.of("learningRate", List.of(0.002, 0.01), "epochs", List.of(10, 30))));
    // Training receives the event of an opened phase a moment after strategy shows the phase.
    return demo.ada.postRetryingUntilKnown("/api/sweeps", sweep).expect(202).text("/sweepId");
  }

  /** Returns the request that trains a head on the training rows. */
  static Map<String, Object> trainingRequest(DemoContext demo) {
    return Map.of(
        "application",
        demo.application(),
        "baseModel",
        PromptStep.MODEL,
        "splitDigest",
        demo.get("splitDigest"),
        "method",
        "HEAD",
        "seed",
        7);
  }

  private static void waive(DemoContext demo) {
    String waiver =
        demo.find(
                "/api/applications/" + demo.application() + "/waivers",
                each -> !each.at("/state").asString("").equals("REJECTED"))
            .orElseGet(() ->
                demo.driver()
                    .requestWaiver(
                        "Measure what a trained head would add, before the volume doubles next"
                            + " quarter")
                    .expect(202)
                    .json())
            .at("/waiverId")
            .asString();
    Approvals.approve(demo, waiver, "A bounded experiment is worth its cost");
  }

  private static String phaseState(JsonNode list, String phase) {
    for (JsonNode each : list.at("/items")) {
      if (each.at("/phase").asString().equals(phase)) {
        return each.at("/state").asString();
      }
    }
    return "";
  }
}
