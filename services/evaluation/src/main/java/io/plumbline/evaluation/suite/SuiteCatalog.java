package io.plumbline.evaluation.suite;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteOpened;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.projection.SplitProjection;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerRules;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Publishes suites over admitted splits, and opens the outputs of their runs. */
@Service
class SuiteCatalog {

  /**
   * A suite, and whether this call published it. If the workspace has a suite of the same
   * definition, that one is returned.
   */
  record Published(Suite suite, boolean created) {}

  private final Suites suites;
  private final SplitProjection splits;
  private final VariantProjection variants;
  private final SubsetItems subsets;
  private final NearItems nearItems;
  private final SuiteOpenings openings;
  private final TrivialScoring trivial;
  private final Outbox outbox;
  private final Clock clock;

  SuiteCatalog(
      Suites suites,
      SplitProjection splits,
      VariantProjection variants,
      SubsetItems subsets,
      NearItems nearItems,
      SuiteOpenings openings,
      TrivialScoring trivial,
      Outbox outbox,
      Clock clock) {
    this.suites = suites;
    this.splits = splits;
    this.variants = variants;
    this.subsets = subsets;
    this.nearItems = nearItems;
    this.openings = openings;
    this.trivial = trivial;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  Published publish(CreateSuite command) {
    requireRealPerturbations(command);
    List<Scorer> scorers = command.scorers().stream().map(NewScorer::toScorer).toList();
    ScorerRules.require(scorers);
    requireKnownJudges(scorers);
    SplitProjection.Split split =
        splits.find(command.splitDigest()).orElseThrow(() -> Problem.notYetKnown("/splitDigest"));
    Subset subset = requireSubset(split, command.subsetOrDefault());
    requireAdmission(split);
    SuiteDefinition definition = definition(command, scorers, subset.digest());
    Optional<Suite> existing = suites.find(definition.digest());
    return existing
        .map(suite -> new Published(suite, false))
        .orElseGet(() -> publishNew(definition));
  }

  /**
   * Opens the outputs of every run over a suite. That closes the plan of the suite, so that no
   * further run over its items is evidence. Opening a suite again changes nothing.
   *
   * @throws Problem 422 for a suite that is not over test items
   */
  @Transactional
  Suite openOutputs(Digest digest, String reason) {
    Suite suite = find(digest);
    if (!suite.carriesVerdicts()) {
      throw new Problem(
              SuiteProblem.NOT_TEST_ITEMS,
              "Only a suite over the subset test can be opened; this suite is over another subset."
                  + " If its outputs are hidden, open the suite over the subset test that has the"
                  + " same items.")
          .at("/suiteDigest", "is over the subset " + suite.definition().subset());
    }
    SuiteOpening opening =
        new SuiteOpening(digest, reason, Caller.current().actor(), clock.instant());
    if (openings.add(opening)) {
      outbox.append(new SuiteOpened(suite.name(), digest, reason), "opening/" + digest, 1);
    }
    return suite;
  }

  /** Computes the scores of variants without any skill over a suite, unless they are known. */
  @Transactional
  Suite scoreTrivialVariants(Digest digest) {
    Suite suite = find(digest);
    if (trivial.bySuite(List.of(digest)).isEmpty()) {
      trivial.storeAndPublish(
          suite, trivial.compute(suite.definition(), suite.labels(), suites.items(digest)));
    }
    return suite;
  }

  private Published publishNew(SuiteDefinition definition) {
    String name = definition.name();
    List<Sampling.Candidate> candidates = new ArrayList<>();
    subsets.forEach(
        definition.subsetDigest(),
        item -> candidates.add(new Sampling.Candidate(item.itemId(), item.expected().label())));
    if (candidates.isEmpty()) {
      throw new Problem(
              SuiteProblem.NOT_MEASURABLE,
              "The subset %s has no items. Choose a subset that has items."
                  .formatted(definition.subset()))
          .at("/subset", "has no items");
    }
    List<Sampling.Drawn> drawn = Sampling.drawItems(candidates, definition);
    ItemContents contents = new ItemContents(drawn);
    // The existing suites are read before their items. A suite that is published after that is
    // compared under the lock.
    Set<Digest> compared = suites.digests();
    NearItems.Search search = nearItems.search();
    ExpectationCheck expectations = new ExpectationCheck(definition.scorers());
    subsets.forEach(
        definition.subsetDigest(),
        item -> {
          contents.addItem(item);
          contents
              .digestOf(item.itemId())
              .ifPresent(digest -> {
                expectations.addItem(item);
                search.add(digest, item.text());
              });
        });
    expectations.requireScorable(!definition.perturbations().isEmpty());
    List<SuiteItem> items = contents.suiteItems(drawn);
    List<NearItems.Pair> near = new ArrayList<>(search.finish());
    List<String> labels = expectations.allLabelled() ? labels(candidates) : List.of();
    List<TrivialScores> trivially = trivial.compute(definition, labels, items);

    suites.lockSuites();
    Optional<Suite> same = suites.find(definition.digest());
    if (same.isPresent()) {
      return new Published(same.get(), false);
    }
    Set<Digest> meanwhile = suites.digests();
    meanwhile.removeAll(compared);
    near.addAll(nearMeanwhile(definition, contents, meanwhile));
    int originals =
        (int) items.stream().filter(item -> item.perturbation() == Perturbation.NONE).count();
    Suite suite =
        new Suite(
            Ids.next(),
            name,
            suites.latestVersion(name) + 1,
            definition.digest(),
            definition,
            labels,
            originals,
            items.size() - originals,
            expectations.applicableItems(),
            Caller.current().actor(),
            clock.instant());
    suites.add(suite, items);
    suites.addOverlap(suite, near);
    outbox.append(
        new SuitePublished(
            name,
            suite.version(),
            suite.digest(),
            definition.splitDigest(),
            definition.subset(),
            definition.scorers().stream()
                .map(scorer -> scorer.toEvent(definition.scorers()))
                .toList(),
            suite.metrics(),
            definition.perturbations().stream().map(Perturbation::name).toList(),
            suite.originals(),
            suite.perturbed()),
        name,
        suite.version());
    trivial.storeAndPublish(suite, trivially);
    return new Published(suite, true);
  }

  private List<NearItems.Pair> nearMeanwhile(
      SuiteDefinition definition, ItemContents contents, Set<Digest> meanwhile) {
    NearItems.Search search = nearItems.searchAndStore(meanwhile);
    subsets.forEach(
        definition.subsetDigest(),
        item ->
            contents.digestOf(item.itemId()).ifPresent(digest -> search.add(digest, item.text())));
    return search.finish();
  }

  private static List<String> labels(List<Sampling.Candidate> candidates) {
    return candidates.stream()
        .flatMap(candidate -> Optional.ofNullable(candidate.label()).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static SuiteDefinition definition(
      CreateSuite command, List<Scorer> scorers, Digest subsetDigest) {
    Optional<CreateSuite.Perturbations> perturbations =
        Optional.ofNullable(command.perturbations());
    return new SuiteDefinition(
        command.name(),
        command.splitDigest(),
        command.subsetOrDefault(),
        subsetDigest,
        scorers,
        command.maxItemsOrDefault(),
        perturbations.stream().flatMap(each -> each.kinds().stream()).distinct().sorted().toList(),
        perturbations.map(CreateSuite.Perturbations::items).orElse(0),
        Objects.requireNonNullElse(command.seed(), 1L));
  }

  private static void requireRealPerturbations(CreateSuite command) {
    CreateSuite.Perturbations perturbations = command.perturbations();
    if (perturbations != null && perturbations.kinds().contains(Perturbation.NONE)) {
      throw Problem.invalid(
          "/perturbations/kinds",
          "must not contain NONE, which changes nothing; use HEADERS_STRIPPED, LOWER_CASE or"
              + " TRUNCATED");
    }
  }

  private static Subset requireSubset(SplitProjection.Split split, String name) {
    if (name.equals("train")) {
      throw new Problem(
              SuiteProblem.TRAINING_SUBSET,
              "A suite cannot be over the subset train, whose rows models have seen. Choose the"
                  + " subset validation or test.")
          .at("/subset", "is the subset that models are trained on");
    }
    return Optional.ofNullable(split.subsets().get(name))
        .orElseThrow(() ->
            new Problem(
                    SuiteProblem.NOT_MEASURABLE,
                    "The split has no subset %s. Choose one of %s."
                        .formatted(name, new TreeSet<>(split.subsets().keySet())))
                .at("/subset", "is not a subset of this split"));
  }

  /** Checks that each judge is a variant of the workspace. Its digest pins its prompt and model. */
  private void requireKnownJudges(List<Scorer> scorers) {
    for (int i = 0; i < scorers.size(); i++) {
      Digest judge = scorers.get(i).variant();
      if (judge != null && variants.find(judge).isEmpty()) {
        throw Problem.notYetKnown("/scorers/%d/variant".formatted(i));
      }
    }
  }

  private void requireAdmission(SplitProjection.Split split) {
    Optional<SplitProjection.Admission> admission = splits.findAdmission(split.versionDigest());
    if (admission.filter(SplitProjection.Admission::allowsEvaluation).isPresent()) {
      return;
    }
    Problem refusal =
        new Problem(
                SuiteProblem.DATASET_UNADMITTED,
                ("Version %d of dataset %s is not admitted for the purpose EVALUATE. Have it"
                        + " admitted; if it was just admitted, retry in a second.")
                    .formatted(split.version(), split.dataset()))
            .at("/splitDigest", "belongs to a dataset version that is not admitted for EVALUATE")
            .retryAfter(Duration.ofSeconds(1));
    throw refusal.missing(
        admission
            .map(SplitProjection.Admission::reasons)
            .filter(reasons -> !reasons.isEmpty())
            .orElse(List.of("admission of the dataset version for EVALUATE")));
  }

  @Transactional(readOnly = true)
  Suite find(Digest digest) {
    return suites.find(digest).orElseThrow(Problem::notFound);
  }
}
