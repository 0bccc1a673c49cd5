package io.plumbline.demo.helpdesk;

import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Indexes;
import io.plumbline.demo.step.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A step that divides the documentation in two ways and indexes it. Passages are taken as they are
 * found and by their nearest sentences. The best of these variants, and the threshold below which
 * it abstains, are chosen on validation questions, and that variant is judged on the others.
 */
public final class PassagesStep implements Step {

  /** A way to divide documents. */
  private record ChunkingMethod(String name, int maxTokens, int overlapTokens) {}

  private static final List<ChunkingMethod> CHUNKS =
      List.of(new ChunkingMethod("short", 120, 20), new ChunkingMethod("long", 320, 40));

  private static final Map<String, Object> AS_FOUND = Map.of("retrievedPassages", 5);
  private static final Map<String, Object> RERANKED =
      Map.of("retrievedPassages", 5, "reranking", "SENTENCES");

  /** A way to find passages. */
  private record Retrieval(String name, String index, Map<String, Object> parameters) {

    Evaluations.VariantDefinition composition(String variant, String prompt) {
      return new Evaluations.VariantDefinition(variant, prompt, HelpDeskPrompts.MODEL)
          .with("indexDigest", index)
          .with("parameters", parameters);
    }
  }

  /** A variant on validation questions, before it abstains from anything. */
  private record RetrievalRun(Retrieval retrieval, JsonNode run) {

    double quality() {
      return run.at("/metrics/token_f1_answerable/value").asDouble();
    }
  }

  @Override
  public String title() {
    return "Retrieval phase: index the pages in two ways, rerank, choose on validation, evaluate,"
        + " decide";
  }

  @Override
  public void run(DemoContext demo) {
    String prompt =
        HelpDeskPrompts.publish(
            demo,
            "Read the passages that retrieval finds",
            HelpDeskPrompts.passagesInstruction(),
            Map.of("passages", Map.of("type", "string")));
    RetrievalRun found =
        chunkingMethodsFor(demo)
            .map(chunkingMethod -> runOnValidation(demo, buildIndex(demo, chunkingMethod), prompt))
            .max(Comparator.comparingDouble(RetrievalRun::quality))
            .orElseThrow();
    RetrievalRun reranked =
        runOnValidation(
            demo,
            new Retrieval(found.retrieval.name + ", reranked", found.retrieval.index, RERANKED),
            prompt);
    RetrievalRun best = reranked.quality() > found.quality() ? reranked : found;
    List<AnsweredQuestion> validation = AnsweredQuestion.of(demo, best.run);
    double threshold = chooseThreshold(demo, validation);
    String chosen =
        Evaluations.composeVariant(
            demo,
            best.retrieval
                .composition(best.retrieval.name + ", abstaining", prompt)
                .with("abstention", HelpDeskPrompts.abstention(threshold)));
    Evaluations.runOnValidation(demo, "retrieval", chosen);
    demo.reportProbabilities(
        HelpDeskOutcomeSimulation.of(demo, demo.validationRun("frequent"), validation)
            .estimateProbabilities());
    DemoContext.Candidate candidate =
        Evaluations.runOnTest(demo, "retrieval", "+retrieval", chosen);
    Evaluations.requireOutcome(
        demo,
        Evaluations.evaluatePhase(demo, "RETRIEVAL", candidate),
        "PASS",
        "retrieval over the pages meets the criteria");
    demo.put("chosen", candidate.name());
  }

  /** Returns the ways to divide the documentation; the small demo has one. */
  private static Stream<ChunkingMethod> chunkingMethodsFor(DemoContext demo) {
    return switch (demo.size) {
      case FULL -> CHUNKS.stream();
      case SMALL -> Stream.of(CHUNKS.getLast());
    };
  }

  private static Retrieval buildIndex(DemoContext demo, ChunkingMethod chunkingMethod) {
    String index =
        Indexes.build(
            demo,
            Map.of(
                "name",
                "npm-pages-" + chunkingMethod.name,
                "splitDigest",
                demo.get("documentsSplit"),
                "subset",
                "documents",
                "encoder",
                "local/bge-small-en-v1.5",
                "chunking",
                Map.of(
                    "maxTokens",
                    chunkingMethod.maxTokens,
                    "overlapTokens",
                    chunkingMethod.overlapTokens)));
    return new Retrieval(chunkingMethod.name + " chunks", index, AS_FOUND);
  }

  private static RetrievalRun runOnValidation(
      DemoContext demo, Retrieval retrieval, String prompt) {
    String variant =
        Evaluations.composeVariant(demo, retrieval.composition(retrieval.name, prompt));
    return new RetrievalRun(retrieval, Evaluations.runOnValidation(demo, retrieval.name, variant));
  }

  private static double chooseThreshold(DemoContext demo, List<AnsweredQuestion> validation) {
    double threshold = AbstentionThreshold.choose(validation);
    demo.log.print(
        ("threshold %.3f, chosen on %d validation questions: the variant answers %.0f%% of them,"
                + " and abstains from %.0f%% of those that the pages do not answer (lower bound"
                + " %.0f%%)")
            .formatted(
                threshold,
                validation.size(),
                100 * AbstentionThreshold.coverage(validation, threshold),
                100 * AbstentionThreshold.recall(validation, threshold).value(),
                100 * AbstentionThreshold.recallLowerBound(validation, threshold)));
    return threshold;
  }
}
