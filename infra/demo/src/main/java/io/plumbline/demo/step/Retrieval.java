package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The training rows are indexed; what is most alike is put before the model as examples. */
public final class Retrieval implements Step {

  @Override
  public String title() {
    return "Retrieval phase: index the training rows, evaluate, judge";
  }

  @Override
  public void take(Loop loop) {
    String index =
        loop.ada
            .post(
                "/api/indexes",
                Map.of(
                    "name",
                    loop.application(),
                    "splitDigest",
                    loop.get("splitDigest"),
                    "part",
                    "train",
                    "encoder",
                    "local/bge-small-en-v1.5",
                    "maxTokens",
                    128))
            .expect(202)
            .text("/id");
    JsonNode built =
        loop.ada.await(
            "the index",
            Duration.ofMinutes(5),
            "/api/indexes/" + index,
            each -> List.of("READY", "FAILED").contains(each.at("/state").asString()));
    loop.check(
        built.at("/state").asString().equals("READY"),
        "indexed " + built.at("/passages") + " rows by words and by meaning");
    loop.put("indexDigest", built.at("/indexDigest").asString());

    Loop.Candidate candidate =
        Measuring.measure(
            loop,
            "retrieval",
            "+retrieval",
            loop.get("prompt1"),
            Prompts.MODEL,
            loop.get("indexDigest"),
            Map.of("temperature", 0, "maxInputTokens", 128, "retrievedExamples", 16));
    Answer verdict = Measuring.judge(loop, "RETRIEVAL", candidate);
    loop.put("retrievalVerdict", verdict.text("/outcome"));
    boolean suffices = verdict.text("/outcome").equals("PASS");
    loop.console.say(
        suffices
            ? "retrieval suffices: the criteria are met without training"
            : "retrieval does not meet the criteria either");
  }
}
