package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Fine-tuning goes on by evidence, or by a waiver that a second person approves; then search,
 * training, registration, measurement.
 */
public final class Tuning implements Step {

  @Override
  public String title() {
    return "Fine-tuning phase: waiver if the evidence does not open it, search, train, register,"
        + " evaluate";
  }

  @Override
  public void take(Loop loop) {
    String phases = "/api/applications/" + loop.application() + "/phases";
    // An inconclusive verdict leaves the phase open; fine-tuning then goes on by waiver, as when
    // the criteria are met.
    boolean conclusive = !loop.get("retrievalVerdict").equals("INCONCLUSIVE");
    JsonNode known =
        loop.ada.await(
            "the verdict of retrieval",
            Duration.ofSeconds(20),
            phases,
            list ->
                !phase(list, "RETRIEVAL").equals("LOCKED")
                    && (!conclusive || !phase(list, "RETRIEVAL").equals("OPEN")));
    loop.console.say(
        "phases: prompt "
            + phase(known, "PROMPT")
            + ", retrieval "
            + phase(known, "RETRIEVAL")
            + ", fine-tuning "
            + phase(known, "FINE_TUNING"));
    if (phase(known, "FINE_TUNING").equals("LOCKED")) {
      waive(loop);
    }
    loop.ada.await(
        "fine-tuning to open",
        Duration.ofSeconds(20),
        phases,
        list -> List.of("OPEN", "WAIVED").contains(phase(list, "FINE_TUNING")));

    String sweep =
        loop.ada
            .post(
                "/api/sweeps",
                Map.of(
                    "application",
                    loop.application(),
                    "baseModel",
                    Prompts.MODEL,
                    "splitDigest",
                    loop.get("splitDigest"),
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
                    Map.of("learningRate", List.of(0.002, 0.01), "epochs", List.of(10, 30))))
            .expect(202)
            .text("/id");
    JsonNode searched =
        loop.ada.await(
            "the search",
            Duration.ofMinutes(6),
            "/api/sweeps/" + sweep,
            each ->
                !List.of("QUEUED", "RUNNING", "PENDING").contains(each.at("/state").asString()));
    loop.check(
        searched.at("/bestJobId").isString(),
        searched.at("/trials").size()
            + " trials; best "
            + searched.at("/bestConfiguration")
            + " with validation macro-F1 "
            + Measuring.number(searched.at("/bestValue").asDouble()));

    String model = loop.application();
    loop.ada
        .post(
            "/api/models",
            Map.of(
                "name",
                model,
                "description",
                "Head on " + Prompts.MODEL + " for " + loop.application()))
        .expect(201);
    Answer version =
        loop.ada
            .post(
                "/api/models/" + model + "/versions",
                Map.of("jobId", searched.at("/bestJobId").asString()))
            .expect(201);
    loop.console.say("registered " + model + "@" + version.text("/version") + " with its lineage");

    Loop.Candidate candidate =
        Measuring.measure(
            loop,
            "fine-tuned",
            "+fine-tuning",
            loop.get("prompt1"),
            model + "@" + version.text("/version"),
            null,
            Prompts.PARAMETERS);
    Measuring.judge(loop, "FINE_TUNING", candidate);
  }

  private static void waive(Loop loop) {
    String waiver =
        loop.ada
            .post(
                "/api/applications/" + loop.application() + "/waivers",
                Map.of(
                    "phase",
                    "FINE_TUNING",
                    "reason",
                    "Measure what a trained head would add, before the volume doubles next"
                        + " quarter"))
            .expect(202)
            .text("/waiverId");
    String approval = Approvals.pending(loop, waiver);
    Answer own = Approvals.decide(loop.ada, approval, "mine");
    loop.check(own.status() == 403, "the one who asks may not approve the waiver");
    Approvals.approve(loop, approval, "A bounded trial is worth its cost");
    loop.console.say("ben approved the waiver");
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
