package io.plumbline.evaluation.suite;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.evaluation.projection.SplitProjection;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/suites")
class SuiteController {

  /**
   * A suite in the API.
   *
   * @param metrics the metrics that criteria over the suite may name
   * @param subsetItems how many items the subset has; where it has more than {@code items}, the
   *     suite is a sample of them
   * @param applicableItems how many items each scorer applies to; a scorer that applies to all has
   *     no entry
   * @param trivialScores the scores of variants without any skill over its items, which criteria of
   *     quality have to exceed; absent for a suite from before they were computed, until somebody
   *     requests them
   * @param dataset the dataset whose rows are the questions
   * @param opening who opened the outputs over the suite early, and why; absent unless they were
   *     opened
   * @param openingRequests the requests in force to open them, of people who do not own all test
   *     suites that share its items; a second person opens them
   */
  record SuiteView(
      String name,
      int version,
      Digest suiteDigest,
      SuiteDefinition definition,
      List<SuiteMetric> metrics,
      String dataset,
      int datasetVersion,
      List<String> labels,
      int items,
      long subsetItems,
      int perturbedItems,
      Map<String, Integer> applicableItems,
      @Nullable List<TrivialScores> trivialScores,
      @Nullable SuiteOpening opening,
      List<SuiteOpenings.OpeningRequest> openingRequests,
      String createdBy,
      Instant createdAt) {

    static SuiteView from(
        Suite suite,
        SplitProjection.Split split,
        @Nullable List<TrivialScores> trivialScores,
        @Nullable SuiteOpening opening,
        List<SuiteOpenings.OpeningRequest> openingRequests) {
      return new SuiteView(
          suite.name(),
          suite.version(),
          suite.digest(),
          suite.definition(),
          suite.metrics(),
          split.dataset(),
          split.version(),
          suite.labels(),
          suite.originals(),
          Optional.ofNullable(split.subsets().get(suite.definition().subset()))
              .map(Subset::rows)
              .orElseThrow(),
          suite.perturbed(),
          suite.applicable(),
          trivialScores,
          opening,
          openingRequests,
          suite.createdBy(),
          suite.createdAt());
    }
  }

  /**
   * A request to open the outputs over a suite.
   *
   * @param reason why seeing the outputs is worth the items, on which nothing more is judged
   *     afterwards
   */
  record OpenSuite(@NotBlank @Size(min = 10, max = 2_000) String reason) {}

  private final SuiteCatalog catalog;
  private final Suites suites;
  private final SplitProjection splits;
  private final SuiteOpenings openings;
  private final TrivialScoresService trivial;

  SuiteController(
      SuiteCatalog catalog,
      Suites suites,
      SplitProjection splits,
      SuiteOpenings openings,
      TrivialScoresService trivial) {
    this.catalog = catalog;
    this.suites = suites;
    this.splits = splits;
    this.openings = openings;
    this.trivial = trivial;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @ApiResponse(responseCode = "200", description = "The existing suite")
  @Idempotent
  @Transactional
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER', 'DATA_STEWARD')")
  @Operation(
      summary = "Publish a suite; 200 with the existing one when name and questions are the same")
  public ResponseEntity<SuiteView> createSuite(@Valid @RequestBody CreateSuite command) {
    SuiteCatalog.Published published = catalog.publish(command);
    SuiteView view = view(published.suite());
    if (!published.created()) {
      return ResponseEntity.ok(view);
    }
    return ResponseEntity.created(URI.create("/api/suites/" + view.suiteDigest())).body(view);
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "List suites, the newest first")
  public Page<SuiteView> listSuites(PageRequest page) {
    Page<Suite> found = suites.list(page);
    return found.withItems(views(found.items()));
  }

  @GetMapping("/{suiteDigest}")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Get a suite")
  public SuiteView getSuite(@PathVariable Digest suiteDigest) {
    return view(catalog.find(suiteDigest));
  }

  @PostMapping("/{suiteDigest}/open")
  @ResponseStatus(HttpStatus.OK)
  @Idempotent
  @Transactional
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Operation(
      summary =
          "Open the outputs of a suite's runs before its plan is used up: nothing more is judged on"
              + " its items. A person who owns all test suites that share its items opens it; for"
              + " anybody else the first call is a request, and a second person opens it within"
              + " seven days")
  public ResponseEntity<SuiteView> openSuite(
      @PathVariable Digest suiteDigest, @Valid @RequestBody OpenSuite command) {
    return ResponseEntity.ok(view(catalog.openOutputs(suiteDigest, command.reason())));
  }

  @PostMapping("/{suiteDigest}/trivial-scores")
  @ResponseStatus(HttpStatus.OK)
  @Idempotent
  @Transactional
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER', 'DATA_STEWARD')")
  @Operation(
      summary =
          "Compute what variants without any skill score over a suite, which suites have from their"
              + " publication on; done before, nothing changes")
  public ResponseEntity<SuiteView> computeTrivialScores(@PathVariable Digest suiteDigest) {
    return ResponseEntity.ok(view(catalog.scoreTrivialVariants(suiteDigest)));
  }

  private SuiteView view(Suite suite) {
    return views(List.of(suite)).getFirst();
  }

  /**
   * Returns suites as the API shows them. Each split is known, since a suite is published only over
   * a split in the projection, and splits are never removed.
   */
  private List<SuiteView> views(List<Suite> shown) {
    Map<Digest, SplitProjection.Split> found =
        splits.findAll(shown.stream().map(suite -> suite.definition().splitDigest()).toList());
    List<Digest> digests = shown.stream().map(Suite::digest).toList();
    Map<Digest, SuiteOpening> opened = openings.bySuite(digests);
    Map<Digest, List<SuiteOpenings.OpeningRequest>> requested = openings.requestsBySuite(digests);
    Map<Digest, List<TrivialScores>> trivially = trivial.bySuite(digests);
    return shown.stream()
        .map(suite ->
            SuiteView.from(
                suite,
                Objects.requireNonNull(found.get(suite.definition().splitDigest())),
                trivially.get(suite.digest()),
                opened.get(suite.digest()),
                requested.getOrDefault(suite.digest(), List.of())))
        .toList();
  }
}
