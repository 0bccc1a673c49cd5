package io.plumbline.evaluation.run;

import io.plumbline.evaluation.gate.RunGate;
import io.plumbline.evaluation.gate.RunGate.Gated;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.projection.Variant;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.suite.SubsetItems;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.evaluation.suite.Suites;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the work of a run: its suite, and the questions that are open. */
@Component
class RunInputs {

  /**
   * The work of a run.
   *
   * @param variant the variant; empty for a bare model
   * @param reusesAnswers whether answers of earlier runs are reused
   * @param sealed whether the outputs of the run are sealed
   */
  record Assignment(
      Run run,
      Suite suite,
      List<SuiteItem> items,
      Optional<Variant> variant,
      boolean reusesAnswers,
      boolean sealed) {}

  /** A consumer of questions. */
  interface QuestionReader {

    void ask(Question question) throws InterruptedException;

    /** Returns whether it wants another question. */
    boolean canContinue();
  }

  private final Runs runs;
  private final Suites suites;
  private final VariantProjection variants;
  private final RunItems items;
  private final SubsetItems subsets;
  private final SealedSuites sealed;
  private final RunGate gate;

  RunInputs(
      Runs runs,
      Suites suites,
      VariantProjection variants,
      RunItems items,
      SubsetItems subsets,
      SealedSuites sealed,
      RunGate gate) {
    this.runs = runs;
    this.suites = suites;
    this.variants = variants;
    this.items = items;
    this.subsets = subsets;
    this.sealed = sealed;
    this.gate = gate;
  }

  @Transactional(readOnly = true)
  Assignment find(UUID id) {
    Run run = runs.find(id).orElseThrow();
    return new Assignment(
        run,
        suites.find(run.suiteDigest()).orElseThrow(),
        suites.items(run.suiteDigest()),
        variants.find(run.subjectDigest()),
        run.whyNotReused(!variants.withoutTemperature(Set.of(run.subjectDigest())).isEmpty())
            .isEmpty(),
        sealed.contains(run.suiteDigest()));
  }

  /**
   * Requires that a run that has no answer yet may start now.
   *
   * @throws io.plumbline.platform.job.JobPostponed when it may not
   */
  void requireStartable(Assignment assignment) {
    Run run = assignment.run();
    Suite suite = assignment.suite();
    if (suite.allowsVerdicts() && items.countItems(run.id()) == 0) {
      gate.requireStartable(
          run.id(),
          () ->
              new Gated(run.application(), run.subjectDigest(), suite.definition().splitDigest()));
    }
  }

  /** Returns the questions that have neither an answer nor a failure, by the id of their item. */
  Map<String, List<SuiteItem>> openQuestions(Assignment assignment, Set<String> excluded) {
    BitSet done = items.doneOrdinals(assignment.run().id());
    Map<String, List<SuiteItem>> open = new HashMap<>();
    for (SuiteItem item : assignment.items()) {
      if (!done.get(item.ordinal()) && !excluded.contains(item.itemId())) {
        open.computeIfAbsent(item.itemId(), id -> new ArrayList<>(1)).add(item);
      }
    }
    return open;
  }

  /**
   * Passes on the open questions while their items are read, so that only the items of questions
   * under way are in memory.
   *
   * @throws IllegalStateException when the subset does not have the item of a question
   */
  void readQuestions(
      Assignment assignment, Map<String, List<SuiteItem>> open, QuestionReader reader)
      throws InterruptedException {
    Suite suite = assignment.suite();
    subsets.readWhile(
        suite.definition().subsetDigest(),
        asked -> {
          for (SuiteItem item :
              Optional.ofNullable(open.remove(asked.itemId())).orElse(List.of())) {
            reader.ask(Question.of(item, asked, assignment.run(), suite));
          }
          return reader.canContinue() && !open.isEmpty();
        });
    if (reader.canContinue() && !open.isEmpty()) {
      throw new IllegalStateException("The subset has no item " + open.keySet().iterator().next());
    }
  }
}
