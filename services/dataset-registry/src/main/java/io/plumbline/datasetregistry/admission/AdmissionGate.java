package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.projection.AdmissionPolicyProjection;
import io.plumbline.datasetregistry.quality.Report;
import io.plumbline.datasetregistry.split.SplitService;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.policy.Policy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Decides admissions by the active policies. Without one nothing is admitted. */
@Service
public class AdmissionGate {

  private static final String NO_POLICY =
      "No dataset-admission policy is active in this workspace. Ask a compliance officer to"
          + " activate one.";

  private final DatasetCatalog catalog;
  private final SplitService splits;
  private final Admissions admissions;
  private final AdmissionPolicyProjection policies;
  private final Outbox outbox;
  private final JsonMapper json;
  private final Clock clock;

  AdmissionGate(
      DatasetCatalog catalog,
      SplitService splits,
      Admissions admissions,
      AdmissionPolicyProjection policies,
      Outbox outbox,
      JsonMapper json,
      Clock clock) {
    this.catalog = catalog;
    this.splits = splits;
    this.admissions = admissions;
    this.policies = policies;
    this.outbox = outbox;
    this.json = json;
    this.clock = clock;
  }

  /**
   * @param purposes all that the version is to be admitted to; this decision replaces the previous
   *     one
   */
  @Transactional
  public Decision decide(String dataset, int number, Set<Purpose> purposes) {
    DatasetVersion version = catalog.ready(dataset, number);
    Digest versionDigest = version.versionDigest();
    if (versionDigest == null) {
      throw new IllegalStateException("A READY version has digests");
    }
    Set<Purpose> requested = new TreeSet<>(purposes);
    List<Policy> active = policies.active();
    List<String> reasons =
        active.isEmpty()
            ? List.of(NO_POLICY)
            : AdmissionRules.refusals(active, input(version), requested);
    Digest policyDigest = digest(active);
    List<String> admittedTo =
        reasons.isEmpty() ? requested.stream().map(Purpose::name).toList() : List.of();
    Caller caller = Caller.current();
    Admission admission =
        admissions
            .findByDatasetAndNumber(dataset, number)
            .orElseGet(() -> new Admission(Ids.next(), caller.workspace(), dataset, number));
    admission.decide(admittedTo, reasons, policyDigest, caller.actor(), clock.instant());
    long earlierDecisions = admissions.saveAndFlush(admission).revision();
    Outcome outcome = reasons.isEmpty() ? Outcome.PASS : Outcome.FAIL;
    // A READY version no longer changes, so its decisions continue the numbering of its events.
    outbox.append(
        new AdmissionDecided(
            dataset, number, versionDigest, outcome, admittedTo, reasons, policyDigest),
        version.subject(),
        version.aggregateVersion() + 1 + earlierDecisions);
    return reasons.isEmpty() && policyDigest != null
        ? new Decision.Admitted(dataset, number, versionDigest, outcome, requested, policyDigest)
        : new Decision.Refused(reasons, policyDigest);
  }

  private AdmissionInput input(DatasetVersion version) {
    Dataset dataset = catalog.dataset(version.dataset());
    Report report = json.readValue(version.report(), Report.class);
    return new AdmissionInput(
        dataset.name(),
        version.number(),
        dataset.kind().name(),
        report.rows(),
        report.privacy().total(),
        version.masked(),
        report.duplicates().exact(),
        report.duplicates().near(),
        dataset.description().licence(),
        dataset.description().legalBasis(),
        splits.leakage(dataset.name(), version.number()),
        report.labels() == null ? Map.of() : report.labels().rows());
  }

  private static @Nullable Digest digest(List<Policy> active) {
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
