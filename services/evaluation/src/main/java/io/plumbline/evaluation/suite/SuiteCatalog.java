package io.plumbline.evaluation.suite;

import io.plumbline.contracts.DatasetRegistryEvent.Part;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.evaluation.metric.Evaluator;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Publishes suites over admitted splits. */
@Service
class SuiteCatalog {

  /** A suite, and whether it is new: equal questions under one name are one suite. */
  record Published(Suite suite, boolean created) {}

  private final Suites suites;
  private final Splits splits;
  private final PartRows rows;
  private final Outbox outbox;
  private final Clock clock;

  SuiteCatalog(Suites suites, Splits splits, PartRows rows, Outbox outbox, Clock clock) {
    this.suites = suites;
    this.splits = splits;
    this.rows = rows;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  Published publish(CreateSuite command) {
    checkConsistency(command);
    Splits.Split split =
        splits.find(command.splitDigest()).orElseThrow(() -> Problem.notYetKnown("/splitDigest"));
    Part part = part(split, command.partOrDefault());
    checkAdmission(split);
    SuiteDefinition definition = definition(command, part.digest());
    Optional<Suite> known = suites.find(definition.digest());
    return known
        .map(suite -> new Published(suite, false))
        .orElseGet(() -> new Published(create(definition), true));
  }

  private Suite create(SuiteDefinition definition) {
    String name = definition.name();
    List<Sampling.Candidate> candidates = new ArrayList<>();
    rows.forEach(
        definition.partDigest(),
        row -> {
          if (row.label() == null) {
            throw new Problem(
                    SuiteProblem.NOT_MEASURABLE,
                    "Choose a split of a labelled dataset: what is right must be known.")
                .at("/splitDigest", "row " + row.id() + " has no label");
          }
          candidates.add(new Sampling.Candidate(row.id(), row.label()));
        });
    if (candidates.isEmpty()) {
      throw new Problem(SuiteProblem.NOT_MEASURABLE, "Choose a part that has rows.")
          .at("/part", "has no rows");
    }
    List<SuiteItem> items = Sampling.items(candidates, definition);
    int originals =
        (int) items.stream().filter(item -> item.perturbation() == Perturbation.NONE).count();
    TreeSet<String> labels = new TreeSet<>();
    candidates.forEach(c -> labels.add(c.label()));
    Suite suite =
        new Suite(
            Ids.next(),
            name,
            suites.latestVersion(name) + 1,
            definition.digest(),
            definition,
            List.copyOf(labels),
            originals,
            items.size() - originals,
            Caller.current().actor(),
            now());
    suites.add(suite, items);
    outbox.append(
        new SuitePublished(
            name,
            suite.version(),
            suite.digest(),
            definition.splitDigest(),
            definition.part(),
            definition.evaluators().stream().map(Evaluator::wireName).toList(),
            suite.questions()),
        name,
        suite.version());
    return suite;
  }

  private static SuiteDefinition definition(CreateSuite command, Digest partDigest) {
    CreateSuite.Perturbations perturbations = command.perturbations();
    return new SuiteDefinition(
        command.name(),
        command.splitDigest(),
        command.partOrDefault(),
        partDigest,
        command.evaluators().stream().distinct().sorted().toList(),
        command.maxItems() == null ? 400 : command.maxItems(),
        perturbations == null
            ? List.of()
            : perturbations.kinds().stream().distinct().sorted().toList(),
        perturbations == null ? 0 : perturbations.items(),
        command.seed() == null ? 1 : command.seed());
  }

  private static void checkConsistency(CreateSuite command) {
    CreateSuite.Perturbations perturbations = command.perturbations();
    if (perturbations != null && perturbations.kinds().contains(Perturbation.NONE)) {
      throw Problem.invalid(
          "/perturbations/kinds",
          "NONE changes nothing; use HEADERS_STRIPPED, LOWER_CASE or TRUNCATED");
    }
    boolean consistency = command.evaluators().contains(Evaluator.CONSISTENCY);
    if (consistency && perturbations == null) {
      throw new Problem(
              SuiteProblem.NOT_MEASURABLE,
              "Give perturbations (kinds and items), or leave the evaluator consistency away.")
          .at("/perturbations", "are needed to measure consistency");
    }
    if (!consistency && perturbations != null) {
      throw new Problem(
              SuiteProblem.NOT_MEASURABLE,
              "Add the evaluator consistency, or leave the perturbations away.")
          .at("/evaluators", "lack consistency, which alone uses perturbed items");
    }
  }

  private static Part part(Splits.Split split, String name) {
    if (name.equals("train")) {
      throw new Problem(
              SuiteProblem.TRAINING_PART,
              "Choose the part validation or test: a model has seen the rows of train.")
          .at("/part", "is what models are trained on");
    }
    return Optional.ofNullable(split.parts().get(name))
        .orElseThrow(() ->
            new Problem(
                    SuiteProblem.NOT_MEASURABLE,
                    "Choose one of the parts " + new TreeSet<>(split.parts().keySet()) + ".")
                .at("/part", "is no part of this split"));
  }

  private void checkAdmission(Splits.Split split) {
    Optional<Splits.Admission> admission = splits.admission(split.versionDigest());
    if (admission.filter(Splits.Admission::evaluate).isPresent()) {
      return;
    }
    Problem refusal =
        new Problem(
                SuiteProblem.DATASET_UNADMITTED,
                "Have version %d of %s admitted to the purpose EVALUATE; if that was just decided, try again in a second."
                    .formatted(split.version(), split.dataset()))
            .at("/splitDigest", "belongs to a dataset version that is not admitted to evaluation")
            .retryAfter(Duration.ofSeconds(1));
    throw refusal.missing(
        admission
            .map(Splits.Admission::reasons)
            .filter(reasons -> !reasons.isEmpty())
            .orElse(List.of("admission of the dataset version to EVALUATE")));
  }

  @Transactional(readOnly = true)
  Suite find(Digest digest) {
    return suites.find(digest).orElseThrow(Problem::notFound);
  }

  /** As the database keeps it, so that what is answered now equals what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
