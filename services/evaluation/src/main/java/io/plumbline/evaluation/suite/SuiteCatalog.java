package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteOpened;
import io.plumbline.contracts.EvaluationEvent.SuiteOpeningRequested;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
  private final SuiteDefiner definer;
  private final SubsetItems subsets;
  private final NearDuplicateItems nearDuplicateItems;
  private final SuiteOpenings openings;
  private final TrivialScoresService trivial;
  private final Outbox outbox;
  private final Clock clock;

  SuiteCatalog(
      Suites suites,
      SuiteDefiner definer,
      SubsetItems subsets,
      NearDuplicateItems nearDuplicateItems,
      SuiteOpenings openings,
      TrivialScoresService trivial,
      Outbox outbox,
      Clock clock) {
    this.suites = suites;
    this.definer = definer;
    this.subsets = subsets;
    this.nearDuplicateItems = nearDuplicateItems;
    this.openings = openings;
    this.trivial = trivial;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  Published publish(CreateSuite command) {
    SuiteDefinition definition = definer.define(command);
    return suites
        .find(definition.digest())
        .map(suite -> new Published(suite, false))
        .orElseGet(() -> publishNew(definition));
  }

  /**
   * Opens the outputs of every run over a suite. That closes the plan of the suite, so that no
   * further run over its items is evidence, with any suite that has them. The call of one person
   * opens it if nobody else owns a suite over these test items. Otherwise it is a request, and the
   * call of a second person opens the suite. Opening a suite again changes nothing.
   *
   * @throws Problem 422 for a suite that is not over test items
   */
  @Transactional
  Suite openOutputs(Digest digest, String reason) {
    Suite suite = find(digest);
    if (!suite.allowsVerdicts()) {
      throw new Problem(
              SuiteProblem.NOT_TEST_ITEMS,
              "Only a suite over the subset test can be opened; this suite is over another subset."
                  + " If its outputs are hidden, open the suite over the subset test that has the"
                  + " same items.")
          .withFieldError("/suiteDigest", "is over the subset " + suite.definition().subset());
    }
    String actor = Caller.current().actor();
    if (suites.isSharedWithOthers(digest, actor) && !isRequestedByAnother(digest, actor)) {
      if (openings.addRequest(
          digest, new SuiteOpenings.OpeningRequest(reason, actor, clock.instant()))) {
        outbox.append(
            new SuiteOpeningRequested(suite.name(), digest, reason),
            "opening-request/" + Ids.next(),
            1);
      }
      return suite;
    }
    SuiteOpening opening = new SuiteOpening(digest, reason, actor, clock.instant());
    if (openings.add(opening)) {
      outbox.append(new SuiteOpened(suite.name(), digest, reason), "opening/" + digest, 1);
    }
    return suite;
  }

  private boolean isRequestedByAnother(Digest suite, String actor) {
    return openings.requestsBySuite(List.of(suite)).getOrDefault(suite, List.of()).stream()
        .anyMatch(request -> !request.requestedBy().equals(actor));
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
    suites.requireRoom();
    String name = definition.name();
    Set<String> ofSubset = new TreeSet<>();
    List<Sampling.Drawn> drawn =
        Sampling.drawItems(
            candidates ->
                subsets.forEach(
                    definition.subsetDigest(),
                    item -> {
                      item.label().ifPresent(ofSubset::add);
                      candidates.accept(
                          new Sampling.Candidate(item.itemId(), item.expected().label()));
                    }),
            definition);
    if (drawn.isEmpty()) {
      throw new Problem(
              SuiteProblem.NOT_MEASURABLE,
              "The subset %s has no items. Choose a subset that has items."
                  .formatted(definition.subset()))
          .withFieldError("/subset", "has no items");
    }
    ItemContents contents = new ItemContents(drawn);
    // The existing suites are read before their items. A suite that is published after that is
    // compared under the lock.
    Set<Digest> compared = suites.digests();
    NearDuplicateItems.Search search = nearDuplicateItems.search();
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
    List<NearDuplicateItems.Pair> near = new ArrayList<>(search.finish());
    List<String> labels = expectations.allLabelled() ? List.copyOf(ofSubset) : List.of();
    List<TrivialScores> trivially = trivial.compute(definition, labels, items);

    suites.lockSuites();
    Optional<Suite> same = suites.find(definition.digest());
    if (same.isPresent()) {
      return new Published(same.get(), false);
    }
    suites.requireRoom();
    Set<Digest> meanwhile = suites.digests();
    meanwhile.removeAll(compared);
    near.addAll(findNewNearItems(definition, contents, meanwhile));
    int originals =
        (int) items.stream().filter(item -> item.perturbation() == Perturbation.NONE).count();
    Suite suite =
        new Suite(
            Ids.next(),
            name,
            suites.lockLatestVersion(name) + 1,
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

  private List<NearDuplicateItems.Pair> findNewNearItems(
      SuiteDefinition definition, ItemContents contents, Set<Digest> meanwhile) {
    NearDuplicateItems.Search search = nearDuplicateItems.searchAndStore(meanwhile);
    subsets.forEach(
        definition.subsetDigest(),
        item ->
            contents.digestOf(item.itemId()).ifPresent(digest -> search.add(digest, item.text())));
    return search.finish();
  }

  @Transactional(readOnly = true)
  Suite find(Digest digest) {
    return suites.find(digest).orElseThrow(Problem::notFound);
  }
}
