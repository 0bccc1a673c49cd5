package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Indexes;
import io.plumbline.demo.step.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The documentation is divided in two ways and indexed, and passages are taken as they are found
 * and by their nearest sentences; the best of these and the threshold below which it abstains are
 * chosen on validation questions, and that variant is judged on the others.
 */
public final class PassagesStep implements Step {

  /** A way to divide documents. */
  private record Chunks(String name, int maxTokens, int overlapTokens) {}

  private static final List<Chunks> CHUNKS =
      List.of(new Chunks("short", 120, 20), new Chunks("long", 320, 40));

  private static final Map<String, Object> AS_FOUND = Map.of("retrievedPassages", 5);
  private static final Map<String, Object> RERANKED =
      Map.of("retrievedPassages", 5, "reranking", "SENTENCES");

  /** A way to find passages. */
  private record Retrieval(String name, String index, Map<String, Object> parameters) {

    Evaluations.Composition composition(String variant, String prompt) {
      return new Evaluations.Composition(variant, prompt, HelpDeskPrompts.MODEL)
          .with("indexDigest", index)
          .with("parameters", parameters);
    }
  }

  /** A variant on validation questions, before it abstains from anything. */
  private record Explored(Retrieval retrieval, JsonNode run) {

    double quality() {
      return run.at("/metrics/token_f1/value").asDouble();
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
            HelpDeskPrompts.reading(),
            Map.of("passages", Map.of("type", "string")));
    Explored found =
        CHUNKS.stream()
            .map(chunks -> explore(demo, index(demo, chunks), prompt))
            .max(Comparator.comparingDouble(Explored::quality))
            .orElseThrow();
    Explored reranked =
        explore(
            demo,
            new Retrieval(found.retrieval.name + ", reranked", found.retrieval.index, RERANKED),
            prompt);
    Explored best = reranked.quality() > found.quality() ? reranked : found;
    double threshold = threshold(demo, best);
    String chosen =
        Evaluations.compose(
            demo,
            best.retrieval
                .composition(best.retrieval.name + ", abstaining", prompt)
                .with("abstention", HelpDeskPrompts.abstention(threshold)));
    Evaluations.explore(demo, "retrieval", chosen);
    DemoContext.Candidate candidate = Evaluations.measure(demo, "retrieval", "+retrieval", chosen);
    Answer verdict = Evaluations.evaluatePhase(demo, "RETRIEVAL", candidate);
    demo.check(
        verdict.text("/outcome").equals("PASS"), "retrieval over the pages meets the criteria");
    demo.put("chosen", candidate.name());
  }

  private static Retrieval index(DemoContext demo, Chunks chunks) {
    String index =
        Indexes.build(
            demo,
            Map.of(
                "name",
                "npm-pages-" + chunks.name,
                "splitDigest",
                demo.get("documentsSplit"),
                "subset",
                "documents",
                "encoder",
                "local/bge-small-en-v1.5",
                "chunking",
                Map.of("maxTokens", chunks.maxTokens, "overlapTokens", chunks.overlapTokens)));
    return new Retrieval(chunks.name + " chunks", index, AS_FOUND);
  }

  private static Explored explore(DemoContext demo, Retrieval retrieval, String prompt) {
    String variant = Evaluations.compose(demo, retrieval.composition(retrieval.name, prompt));
    return new Explored(retrieval, Evaluations.explore(demo, retrieval.name, variant));
  }

  /**
   * The lowest threshold by which seven of ten questions without an answer get none: a help desk
   * that says something wrong is worse than one that says nothing.
   */
  private static double threshold(DemoContext demo, Explored best) {
    JsonNode points =
        demo.ada
            .get("/api/runs/" + best.run.at("/runId").asString() + "/abstention")
            .expect(200)
            .json()
            .at("/points");
    double threshold = 0;
    for (JsonNode point : points) {
      threshold = point.at("/threshold").asDouble();
      if (point.at("/outOfScopeRecall").asDouble() >= 0.7) {
        demo.console.print(
            ("threshold %.3f by the validation questions: it answers %.0f%%, and none of %.0f%% of"
                    + " those that the pages do not answer")
                .formatted(
                    threshold,
                    100 * point.at("/coverage").asDouble(),
                    100 * point.at("/outOfScopeRecall").asDouble()));
        break;
      }
    }
    return threshold;
  }
}
