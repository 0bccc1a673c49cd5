package io.plumbline.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.TrivialVariant;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import io.plumbline.evaluation.scorer.Scores;
import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrivialVariantScorerTests {

  private static final String ON_RUNS = "it is measured on runs";

  private static SuiteDefinition definition(List<Perturbation> perturbations, Scorer... scorers) {
    Digest digest = Digest.ofText("x");
    return new SuiteDefinition(
        "suite", digest, "test", digest, List.of(scorers), 400, perturbations, 1, 1);
  }

  private static SuiteItem item(int ordinal, Perturbation perturbation, Expected expected) {
    return new SuiteItem(
        ordinal,
        "item" + (perturbation == Perturbation.NONE ? ordinal : 0),
        perturbation,
        expected.label(),
        Digest.ofText("item"));
  }

  /** Returns the scores over the originals, and over the first of them for each perturbation. */
  private static List<TrivialScores> scores(
      SuiteDefinition definition, List<String> labels, List<Expected> originals) {
    List<Expected> expected = new ArrayList<>(originals);
    List<SuiteItem> items = new ArrayList<>();
    originals.forEach(each -> items.add(item(items.size(), Perturbation.NONE, each)));
    definition
        .perturbations()
        .forEach(kind -> {
          items.add(item(items.size(), kind, originals.getFirst()));
          expected.add(originals.getFirst());
        });
    List<TrivialVariantScorer> variants = TrivialVariantScorer.of(definition, labels, items);
    items.forEach(item ->
        variants.forEach(variant -> variant.recordAnswer(item, expected.get(item.ordinal()))));
    return variants.stream().map(TrivialVariantScorer::scores).toList();
  }

  private static TrivialScores of(TrivialVariant variant, List<TrivialScores> all) {
    return all.stream().filter(each -> each.variant() == variant).findFirst().orElseThrow();
  }

  /** Returns seven questions that the documents answer, and three that they do not. */
  private static List<Expected> questions() {
    List<Expected> questions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      questions.add(
          i < 7
              ? Expected.ofAnswers(
                  List.of("14 days"), List.of(new PassageReference("returns.md", null, null)))
              : Expected.ofAnswers(List.of(), List.of()));
    }
    return questions;
  }

  private static final SuiteDefinition OF_QUESTIONS =
      definition(
          List.of(),
          Scorer.of(ScorerType.TOKEN_F1),
          Scores.answerable(Scorer.of(ScorerType.TOKEN_F1)),
          Scores.ofRetrieval(ScorerType.RECALL_AT_K, 5),
          Scorer.of(ScorerType.CITATION_PRECISION),
          Scorer.of(ScorerType.EMBEDDING_SIMILARITY),
          Scorer.of(ScorerType.OUT_OF_SCOPE_RECALL),
          Scorer.of(ScorerType.IN_SCOPE_COVERAGE),
          Scorer.of(ScorerType.COVERAGE),
          Scores.about(ScorerType.SELECTIVE, "token_f1"),
          Scores.judge("clarity", Digest.ofText("judge")));

  /** Three of ten are right when nothing is answered, which is 0.3. */
  @Test
  void silence_scores_the_share_of_unanswerable_questions_over_all_and_nothing_over_the_others() {
    TrivialScores silence =
        of(TrivialVariant.ALWAYS_ABSTAINS, scores(OF_QUESTIONS, List.of(), questions()));

    assertThat(silence.scores())
        .containsOnly(
            entry("token_f1", 0.3),
            entry("token_f1_answerable", 0.0),
            entry("citation_precision", 0.0),
            entry("embedding_similarity", 0.0),
            entry("out_of_scope_recall", 1.0),
            entry("in_scope_coverage", 0.0),
            entry("coverage", 0.0));
    assertThat(silence.notComputed())
        .containsOnly(
            entry("recall_at_k", "it depends on what is retrieved"),
            entry("selective", "it applies to none of the 10 answers"),
            entry("clarity", "a judge gives it"),
            entry("latency_p50_ms", ON_RUNS),
            entry("latency_p95_ms", ON_RUNS),
            entry("cost_per_1000_usd", ON_RUNS));
  }

  @Test
  void of_one_that_never_abstains_only_abstention_is_known() {
    TrivialScores talker =
        of(TrivialVariant.NEVER_ABSTAINS, scores(OF_QUESTIONS, List.of(), questions()));

    assertThat(talker.scores())
        .containsOnly(
            entry("out_of_scope_recall", 0.0),
            entry("in_scope_coverage", 1.0),
            entry("coverage", 1.0));
    assertThat(talker.notComputed())
        .contains(
            entry("token_f1", "it depends on what is answered"),
            entry("selective", "it depends on what is answered"),
            entry("embedding_similarity", "an encoder gives it"));
  }

  @Test
  void no_label_is_the_commonest_where_items_have_none() {
    assertThat(scores(OF_QUESTIONS, List.of(), questions()))
        .extracting(TrivialScores::variant)
        .containsExactly(TrivialVariant.ALWAYS_ABSTAINS, TrivialVariant.NEVER_ABSTAINS);
  }

  /**
   * Five of ten are "a": accuracy 0.5, F1 of "a" 2 · 0.5 · 1 / (0.5 + 1) = 2/3 and 0 of the two
   * others, so that macro-F1 is 2/9.
   */
  @Test
  void the_commonest_label_scores_its_share_and_a_constant_answer_is_consistent() {
    List<Expected> labelled =
        List.of("b", "a", "c", "a", "b", "a", "a", "b", "c", "a").stream()
            .map(Expected::ofLabel)
            .toList();
    List<TrivialScores> scores =
        scores(
            definition(
                List.of(Perturbation.LOWER_CASE),
                Scorer.of(ScorerType.LABEL),
                Scorer.of(ScorerType.EXACT),
                Scorer.of(ScorerType.COVERAGE)),
            List.of("a", "b", "c"),
            labelled);

    Map<String, String> ofRuns =
        Map.of("latency_p50_ms", ON_RUNS, "latency_p95_ms", ON_RUNS, "cost_per_1000_usd", ON_RUNS);
    assertThat(of(TrivialVariant.COMMONEST_LABEL, scores))
        .isEqualTo(
            new TrivialScores(
                TrivialVariant.COMMONEST_LABEL,
                "a",
                Map.of(
                    "accuracy",
                    0.5,
                    "macro_f1",
                    2.0 / 9,
                    "exact_match",
                    0.5,
                    "coverage",
                    1.0,
                    "consistency",
                    1.0),
                ofRuns));
    assertThat(of(TrivialVariant.ALWAYS_ABSTAINS, scores).scores())
        .isEqualTo(Map.of("coverage", 0.0, "consistency", 1.0));
    assertThat(of(TrivialVariant.ALWAYS_ABSTAINS, scores).notComputed())
        .contains(entry("accuracy", "it depends on the text that stands for an abstention"));
    assertThat(of(TrivialVariant.NEVER_ABSTAINS, scores).scores())
        .isEqualTo(Map.of("coverage", 1.0));
  }

  @Test
  void of_equally_common_labels_the_first_by_the_alphabet_is_taken() {
    List<TrivialScores> scores =
        scores(
            definition(List.of(), Scorer.of(ScorerType.LABEL)),
            List.of("a", "b"),
            List.of(Expected.ofLabel("b"), Expected.ofLabel("a")));

    assertThat(of(TrivialVariant.COMMONEST_LABEL, scores).label()).isEqualTo("a");
  }
}
