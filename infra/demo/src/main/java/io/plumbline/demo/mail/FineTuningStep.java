package io.plumbline.demo.mail;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.Approvals;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Fine-tuning goes on by evidence, or by a waiver that a second person approves; then a sweep,
 * training, registration, measurement.
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
    // An inconclusive verdict leaves the phase open; fine-tuning then goes on by waiver, as when
    // the criteria are met.
    boolean conclusive = !demo.get("retrievalVerdict").equals("INCONCLUSIVE");
    JsonNode current =
        demo.ada.await(
            "the verdict of retrieval",
            Duration.ofSeconds(20),
            phases,
            list ->
                !phase(list, "RETRIEVAL").equals("LOCKED")
                    && (!conclusive || !phase(list, "RETRIEVAL").equals("OPEN")));
    demo.console.print(
        "phases: prompt "
            + phase(current, "PROMPT")
            + ", retrieval "
            + phase(current, "RETRIEVAL")
            + ", fine-tuning "
            + phase(current, "FINE_TUNING"));
    if (phase(current, "FINE_TUNING").equals("LOCKED")) {
      waive(demo);
    }
    demo.ada.await(
        "fine-tuning to open",
        Duration.ofSeconds(20),
        phases,
        list -> List.of("OPEN", "WAIVED").contains(phase(list, "FINE_TUNING")));

    // Training hears of an opened phase a moment after strategy shows it.
    Map<String, Object> request =
        Map.of(
            "application",
            demo.application(),
            "baseModel",
            PromptStep.MODEL,
            "splitDigest",
            demo.get("splitDigest"),
            "method",
            "HEAD",
            "seed",
            7,
            "hyperparameters",
            Map.of("batchSize", 32, "maxTokens", 128),
            "metric",
            "macro_f1",
            "maxTrials",
            4,
            "grid",
            Map.of("learningRate", List.of(0.002, 0.01), "epochs", List.of(10, 30)));
    String sweep =
        demo.ada.post("/api/sweeps", request, "phase-locked").expect(202).text("/sweepId");
    JsonNode done =
        demo.ada.await(
            "the sweep",
            Duration.ofMinutes(6),
            "/api/sweeps/" + sweep,
            each ->
                !List.of("QUEUED", "RUNNING", "PENDING").contains(each.at("/state").asString()));
    demo.check(
        done.at("/bestJobId").isString(),
        done.at("/trials").size()
            + " trials; best "
            + done.at("/bestConfiguration")
            + " with validation macro-F1 "
            + Evaluations.number(done.at("/bestValue").asDouble()));

    String model = demo.application();
    demo.ada
        .post(
            "/api/models",
            Map.of(
                "name",
                model,
                "description",
                "Head on " + PromptStep.MODEL + " for " + demo.application()))
        .expect(201);
    Answer version =
        demo.ada
            .post(
                "/api/models/" + model + "/versions",
                Map.of("jobId", done.at("/bestJobId").asString()))
            .expect(201);
    demo.console.print(
        "registered " + model + "@" + version.text("/version") + " with its lineage");

    String tuned =
        Evaluations.compose(
            demo,
            new Evaluations.Composition(
                    "fine-tuned", demo.get("prompt1"), model + "@" + version.text("/version"))
                .with("parameters", PromptStep.PARAMETERS));
    Evaluations.explore(demo, "fine-tuned", tuned);
    DemoContext.Candidate candidate =
        Evaluations.measure(demo, "fine-tuned", "+fine-tuning", tuned);
    Evaluations.evaluatePhase(demo, "FINE_TUNING", candidate);
  }

  private static void waive(DemoContext demo) {
    String waiver =
        demo.ada
            .post(
                "/api/applications/" + demo.application() + "/waivers",
                Map.of(
                    "phase",
                    "FINE_TUNING",
                    "reason",
                    "Measure what a trained head would add, before the volume doubles next"
                        + " quarter"))
            .expect(202)
            .text("/waiverId");
    String approval = Approvals.pending(demo, waiver);
    Answer own = Approvals.decide(demo.ada, approval, "mine");
    demo.check(own.status() == 403, "the requester may not approve their own waiver");
    Approvals.approve(demo, approval, "A bounded experiment is worth its cost");
    demo.console.print("ben approved the waiver");
  }

  private static String phase(JsonNode list, String phase) {
    for (JsonNode each : list.at("/items")) {
      if (each.at("/phase").asString().equals(phase)) {
        return each.at("/state").asString();
      }
    }
    return "";
  }
}
