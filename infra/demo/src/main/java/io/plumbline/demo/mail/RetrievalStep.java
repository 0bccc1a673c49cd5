package io.plumbline.demo.mail;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Indexes;
import io.plumbline.demo.step.Step;
import java.util.Map;

/** The training rows are indexed; what is most alike is put before the model as examples. */
public final class RetrievalStep implements Step {

  @Override
  public String title() {
    return "Retrieval phase: index the training rows, evaluate, decide";
  }

  @Override
  public void run(DemoContext demo) {
    String index =
        Indexes.build(
            demo,
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
                128));

    String retrieval =
        Evaluations.compose(
            demo,
            new Evaluations.Composition("retrieval", demo.get("prompt1"), PromptStep.MODEL)
                .with("indexDigest", index)
                .with(
                    "parameters",
                    Map.of("temperature", 0, "maxInputTokens", 128, "retrievedExamples", 16)));
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
