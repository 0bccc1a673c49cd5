package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetUpdated;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.projection.AdmissionPoliciesChanged;
import io.plumbline.datasetregistry.projection.AdmissionPolicyProjection;
import io.plumbline.datasetregistry.projection.SplitUsed;
import io.plumbline.datasetregistry.quality.Report;
import io.plumbline.datasetregistry.quality.RowFinding;
import io.plumbline.datasetregistry.split.SplitReady;
import io.plumbline.datasetregistry.split.SplitService;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.policy.Policy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Decides admissions by the active policies. Nothing is admitted while no policy is active. */
@Service
public class AdmissionGate {

  private static final String NO_POLICY =
      "No dataset-admission policy is active in this workspace. Ask a compliance officer to"
          + " activate one.";

  private static final int PAGE_SIZE = 100;

  private final DatasetCatalog catalog;
  private final SplitService splits;
  private final Admissions admissions;
  private final AdmissionPolicyProjection policies;
  private final JobQueue jobs;
  private final Outbox outbox;
  private final Clock clock;

  AdmissionGate(
      DatasetCatalog catalog,
      SplitService splits,
      Admissions admissions,
      AdmissionPolicyProjection policies,
      JobQueue jobs,
      Outbox outbox,
      Clock clock) {
    this.catalog = catalog;
    this.splits = splits;
    this.admissions = admissions;
    this.policies = policies;
    this.jobs = jobs;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Decides whether a version is admitted, and records and publishes the decision. It replaces the
   * previous one.
   *
   * @param purposes all purposes that the version is to be admitted to
   */
  @Transactional
  public AdmissionDecision decide(String dataset, int number, Set<Purpose> purposes) {
    Set<Purpose> requested = new TreeSet<>(purposes);
    // Read before the input of the decision, so that this decision fails when another one was made
    // meanwhile.
    int revision =
        admissions.newest(dataset, number).map(earlier -> earlier.revision() + 1).orElse(0);
    DatasetVersion version = catalog.readyVersion(dataset, number);
    AdmissionDecision admissionDecision = evaluate(version, requested, policies.activePolicies());
    recordDecision(version, revision, requested, admissionDecision);
    return admissionDecision;
  }

  /**
   * Decides the version's admission again: a new split may have leakage, and a clean one may remove
   * the reason of an earlier refusal.
   */
  @EventListener
  void on(SplitReady split) {
    decideAgain(split.dataset(), split.number());
  }

  /** Decides the version's admission again when something was made of a split that leaks. */
  @EventListener
  void on(SplitUsed used) {
    splits
        .leakingSplits(used.split())
        .forEach(split -> decideAgain(split.dataset(), split.number()));
  }

  @EventListener
  void on(DatasetUpdated updated) {
    decideAgain(admissions.newest(updated.dataset()));
  }

  /**
   * Enqueues a job that decides all admissions again. The consumer of the event must not wait for
   * so many.
   */
  @EventListener
  void on(AdmissionPoliciesChanged changed) {
    jobs.enqueue(AdmissionRedecisionJob.KIND, Map.of(), 0);
  }

  /**
   * Decides a page of admissions again: those that follow a version in the order of datasets and
   * numbers.
   *
   * @return the last admission of the page; empty when the page is empty
   * @throws OptimisticLockingFailureException when another transaction decided one of them at the
   *     same time; then no decision of the page is recorded
   */
  @Transactional
  Optional<Admission> redecideNextPage(String dataset, int number) {
    List<Admission> page = admissions.newestAdmissionsPage(dataset, number, PAGE_SIZE);
    decideAgain(page);
    return page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
  }

  private void decideAgain(String dataset, int number) {
    decideAgain(admissions.newest(dataset, number).stream().toList());
  }

  private void decideAgain(List<Admission> decided) {
    List<Policy> active = policies.activePolicies();
    decided.forEach(admission -> decideAgain(admission, active));
  }

  /** Decides an admission again, and records and publishes the decision only if it is different. */
  private void decideAgain(Admission admission, List<Policy> active) {
    DatasetVersion version = catalog.readyVersion(admission.dataset(), admission.number());
    Set<Purpose> requested =
        admission.requested().stream()
            .map(Purpose::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    AdmissionDecision admissionDecision = evaluate(version, requested, active);
    if (!admission.matches(admissionDecision)) {
      recordDecision(version, admission.revision() + 1, requested, admissionDecision);
    }
  }

  private AdmissionDecision evaluate(
      DatasetVersion version, Set<Purpose> requested, List<Policy> active) {
    AdmissionInput input = inputOf(version);
    List<String> reasons =
        new ArrayList<>(AdmissionRules.refusalsForDatasetKind(input.kind(), requested));
    reasons.addAll(refusalsOfPolicies(active, input, requested));
    Digest policyDigest = digestOfPolicies(active);
    if (policyDigest == null || !reasons.isEmpty()) {
      return new AdmissionDecision.Refused(List.copyOf(reasons), policyDigest);
    }
    return new AdmissionDecision.Admitted(
        version.dataset(),
        version.number(),
        requireVersionDigest(version),
        Outcome.PASS,
        requested,
        policyDigest);
  }

  private static List<String> refusalsOfPolicies(
      List<Policy> active, AdmissionInput input, Set<Purpose> requested) {
    if (active.isEmpty()) {
      return List.of(NO_POLICY);
    }
    return AdmissionRules.refusals(active, input, requested);
  }

  private void recordDecision(
      DatasetVersion version,
      int revision,
      Set<Purpose> requested,
      AdmissionDecision admissionDecision) {
    Outcome outcome = admissionDecision.reasons().isEmpty() ? Outcome.PASS : Outcome.FAIL;
    admissions.add(
        new Admission(
            version.dataset(),
            version.number(),
            revision,
            outcome,
            requested.stream().map(Purpose::name).toList(),
            admissionDecision.admittedPurposes(),
            admissionDecision.reasons(),
            admissionDecision.policyDigest(),
            Caller.current().actor(),
            clock.instant()));
    // A READY version no longer changes, so its decisions continue the numbering of its events.
    outbox.append(
        new AdmissionDecided(
            version.dataset(),
            version.number(),
            requireVersionDigest(version),
            outcome,
            admissionDecision.admittedPurposes(),
            admissionDecision.reasons(),
            admissionDecision.policyDigest()),
        version.eventSubject(),
        version.aggregateVersion() + 1 + revision);
  }

  private static Digest requireVersionDigest(DatasetVersion version) {
    Digest digest = version.versionDigest();
    if (digest == null) {
      throw new IllegalStateException("A READY version must have digests");
    }
    return digest;
  }

  private AdmissionInput inputOf(DatasetVersion version) {
    Dataset dataset = catalog.dataset(version.dataset());
    Report report = catalog.reportOf(version);
    return new AdmissionInput(
        dataset.name(),
        version.number(),
        dataset.kind().name(),
        report.rows(),
        report.privacy().total(),
        report.findingCount(RowFinding.MODEL_INSTRUCTION),
        version.masksAllKinds(report.privacy().kinds()),
        report.duplicates().exact(),
        report.duplicates().near(),
        dataset.description().licence(),
        dataset.description().legalBasis(),
        splits.leakage(dataset.name(), version.number()),
        report.rowsByLabel());
  }

  private static @Nullable Digest digestOfPolicies(List<Policy> active) {
    return switch (active.size()) {
      case 0 -> null;
      case 1 -> active.getFirst().digest();
      default ->
          Digest.ofText(
              active.stream()
                  .map(policy -> policy.digest().hex())
                  .collect(Collectors.joining("\n")));
    };
  }
}
