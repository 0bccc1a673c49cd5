package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.AnswerView;
import io.plumbline.evaluation.output.ItemExcerpts;
import io.plumbline.evaluation.output.ListedRunItem;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItemFilter;
import io.plumbline.evaluation.output.RunItemFilter.Cell;
import io.plumbline.evaluation.output.RunItemFilter.ScoreBelow;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.suite.SubsetItems;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.items.Item;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/runs/{runId}/items")
class RunItemController {

  private final Runs runs;
  private final RunItems items;
  private final ItemExcerpts excerpts;
  private final Suites suites;
  private final SubsetItems subsets;
  private final SealedSuites sealed;
  private final JsonMapper json;
  private final TransactionOperations transaction;

  RunItemController(
      Runs runs,
      RunItems items,
      ItemExcerpts excerpts,
      Suites suites,
      SubsetItems subsets,
      SealedSuites sealed,
      JsonMapper json,
      TransactionOperations transaction) {
    this.runs = runs;
    this.items = items;
    this.excerpts = excerpts;
    this.suites = suites;
    this.subsets = subsets;
    this.sealed = sealed;
    this.json = json;
    this.transaction = transaction;
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary =
          "List a run's items, unless they are sealed: all, only wrong ones (onlyWrong), only those"
              + " abstained from, only those with a score below a value, or only perturbed ones"
              + " whose answer differs from that of their original (disagreements)",
      description =
          "label, prediction and unlabelled list the items that cells of the confusion table count:"
              + " unperturbed ones with this expected label, this answered label, and without one"
              + " of the suite's labels as answer. question, expected and answer are masked and cut"
              + " to 200 characters. expected and answer are null for callers who may not get an"
              + " item with its output, and question for callers who may not list the items of a"
              + " dataset version.")
  public Page<ListedRunItem> listRunItems(
      @PathVariable UUID runId,
      @RequestParam(defaultValue = "false") boolean onlyWrong,
      @RequestParam(defaultValue = "false") boolean disagreements,
      @RequestParam(defaultValue = "false") boolean abstained,
      @RequestParam @Nullable String scorer,
      @RequestParam @Nullable Double below,
      @RequestParam @Nullable String label,
      @RequestParam @Nullable String prediction,
      @RequestParam(defaultValue = "false") boolean unlabelled,
      PageRequest page) {
    if ((scorer == null) != (below == null)) {
      throw Problem.invalid(
          scorer == null ? "scorer" : "below",
          "is missing, although the other of scorer and below is given; pass both or neither");
    }
    RunItemFilter filter =
        new RunItemFilter(
            onlyWrong,
            abstained,
            scorer == null || below == null ? null : new ScoreBelow(scorer, below),
            label == null && prediction == null && !unlabelled
                ? null
                : new Cell(label, prediction, unlabelled));
    if (disagreements && !filter.equals(RunItemFilter.ALL)) {
      throw Problem.invalid("disagreements", "cannot be combined with another filter");
    }
    // The transaction ends before the questions are read, which may take long.
    PageOfSuite read =
        Objects.requireNonNull(
            transaction.execute(status -> readPage(runId, disagreements, filter, page)));
    Page<RunItem> found = read.page();
    return found.withItems(excerpts.withExcerpts(runId, read.suite(), found.items()));
  }

  /** The items of a page, and the suite of their run. */
  private record PageOfSuite(Digest suite, Page<RunItem> page) {}

  private PageOfSuite readPage(
      UUID runId, boolean disagreements, RunItemFilter filter, PageRequest page) {
    Optional<Run> run = runs.find(runId);
    run.ifPresent(this::requireOpen);
    ScoreBelow below = filter.below();
    if (below != null) {
      run.ifPresent(known -> requireScorer(known, below.scorer()));
    }
    Cell cell = filter.cell();
    if (cell != null) {
      run.ifPresent(known -> requireLabels(known, cell));
    }
    // The items are read before a missing run is reported, so that a malformed page token is
    // rejected for any run.
    Page<RunItem> found =
        disagreements ? items.disagreements(runId, page) : items.list(runId, filter, page);
    return new PageOfSuite(run.orElseThrow(Problem::notFound).suiteDigest(), found);
  }

  @GetMapping("/{ordinal}")
  @PreAuthorize(
      "hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER', 'DATA_STEWARD', 'COMPLIANCE_OFFICER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Get an item of a run with its whole output, unless it is sealed")
  public AnswerView getRunItem(@PathVariable UUID runId, @PathVariable int ordinal) {
    Run run = runs.find(runId).orElseThrow(Problem::notFound);
    requireOpen(run);
    return answerView(run, items.findAnswer(runId, ordinal).orElseThrow(Problem::notFound));
  }

  /** Returns an answer with what its item expects. */
  private AnswerView answerView(Run run, Answer answer) {
    Suite suite = suites.find(run.suiteDigest()).orElseThrow();
    Item asked =
        subsets.find(suite.definition().subsetDigest(), answer.item().itemId()).orElseThrow();
    return AnswerView.of(answer, asked.expected(), json);
  }

  /**
   * Checks that the suite of a run has a scorer of this name that gives each answer a score.
   *
   * @throws Problem 400 with the names of the scorers that do
   */
  private void requireScorer(Run run, String scorer) {
    List<String> names =
        suites.find(run.suiteDigest()).orElseThrow().definition().answerScorerNames();
    if (!names.contains(scorer)) {
      throw Problem.invalid(
          "scorer",
          "is not a scorer of the suite that gives each answer a score; name one of " + names);
    }
  }

  /**
   * Requires that the cells of a confusion table are of a suite with labels, and name only these.
   */
  private void requireLabels(Run run, Cell cell) {
    List<String> labels = suites.find(run.suiteDigest()).orElseThrow().labels();
    if (labels.isEmpty()) {
      throw Problem.invalid(
          cell.unlabelled() ? "unlabelled" : "label", "needs a suite whose items are all labelled");
    }
    requireLabel(labels, "label", cell.label());
    requireLabel(labels, "prediction", cell.prediction());
  }

  private static void requireLabel(List<String> labels, String field, @Nullable String label) {
    if (label != null && !labels.contains(label)) {
      throw Problem.invalid(field, "is not a label of the suite; name one of " + labels);
    }
  }

  private void requireOpen(Run run) {
    sealed.requireOpen(Set.of(run.suiteDigest()));
  }
}
