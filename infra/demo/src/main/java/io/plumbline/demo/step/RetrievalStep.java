package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The training rows are indexed; what is most alike is put before the model as examples. */
public final class RetrievalStep implements Step {

  @Override
  public String title() {
    return "Retrieval phase: index the training rows, evaluate, decide";
  }

  @Override
  public void run(DemoContext demo) {
    String index =
        demo.ada
            .post(
                "/api/indexes",
                Map.of(
                    "name",
                    demo.application(),
                    "splitDigest",
                    demo.get("splitDigest"),
                    "subset",
                    "train",
                    "encoder",
                    "local/bge-small-en-v1.5",
                    "maxTokens",
                    128))
            .expect(202)
            .text("/indexId");
    JsonNode built =
        demo.ada.await(
            "the index",
            Duration.ofMinutes(5),
            "/api/indexes/" + index,
            each -> List.of("READY", "FAILED").contains(each.at("/state").asString()));
    demo.check(
        built.at("/state").asString().equals("READY"),
        "indexed " + built.at("/passages") + " rows by words and by meaning");
    demo.put("indexDigest", built.at("/indexDigest").asString());

    String retrieval =
        Evaluations.compose(
            demo,
            "retrieval",
            demo.get("prompt1"),
            PromptStep.MODEL,
            demo.get("indexDigest"),
            Map.of("temperature", 0, "maxInputTokens", 128, "retrievedExamples", 16));
    Evaluations.explore(demo, "retrieval", retrieval);
    DemoContext.Candidate candidate =
        Evaluations.measure(demo, "retrieval", "+retrieval", retrieval);
    Answer verdict = Evaluations.evaluatePhase(demo, "RETRIEVAL", candidate);
    demo.put("retrievalVerdict", verdict.text("/outcome"));
    boolean suffices = verdict.text("/outcome").equals("PASS");
    demo.console.print(
        suffices
            ? "retrieval suffices: the criteria are met without training"
            : "retrieval does not meet the criteria either");
  }
}
