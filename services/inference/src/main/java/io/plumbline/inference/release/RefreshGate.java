package io.plumbline.inference.release;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.Refresh;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.ApplicationProjection;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.projection.VerdictProjection;
import io.plumbline.inference.refresh.Comparison.NoRefresh;
import io.plumbline.inference.refresh.Comparison.Refreshed;
import io.plumbline.inference.refresh.DocumentChange;
import io.plumbline.inference.refresh.RefreshService;
import io.plumbline.inference.release.GateAnswer.Closed;
import io.plumbline.inference.release.GateAnswer.Open;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.problem.Problem;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The gate of a release that rests on a verdict of kind REFRESH, checked at every step of the
 * release. All of this must hold:
 *
 * <ul>
 *   <li>The variant is the serving one over newer documents, with nothing else changed.
 *   <li>The documents are admitted.
 *   <li>The newest verdict under the criteria of refreshes in force passed, and compared the
 *       variant with the serving one.
 *   <li>No other verdict says that the variant failed.
 *   <li>Nobody took the variant back before.
 * </ul>
 *
 * <p>None of it can be overridden. Where it does not hold, the variant needs a verdict of kind
 * RELEASE and the approval of a person.
 */
@Component
class RefreshGate {

  private static final Set<ReleaseState> TAKEN_BACK =
      EnumSet.of(ReleaseState.HALTED, ReleaseState.ROLLED_BACK);

  private final Releases releases;
  private final ApplicationProjection applications;
  private final VerdictProjection verdicts;
  private final VariantCatalog variants;
  private final RefreshService refreshService;

  RefreshGate(
      Releases releases,
      ApplicationProjection applications,
      VerdictProjection verdicts,
      VariantCatalog variants,
      RefreshService refreshService) {
    this.releases = releases;
    this.applications = applications;
    this.verdicts = verdicts;
    this.variants = variants;
    this.refreshService = refreshService;
  }

  /**
   * Returns whether the question is about a refresh. The verdict that the release refers to decides
   * that; without one, it is a refresh if the variant has a verdict on its refresh and none on its
   * release.
   */
  boolean isRefresh(GateQuestion question) {
    Variant variant = question.variant();
    if (question.verdictId() != null) {
      return verdicts
          .findVerdict(question.verdictId())
          .filter(cited -> cited.kind() == VerdictKind.REFRESH)
          .isPresent();
    }
    return newestRefreshVerdict(variant).isPresent() && newestReleaseVerdict(variant).isEmpty();
  }

  /**
   * Returns why the verdict that a request cites cannot release the variant as a refresh, as in
   * {@link VerdictRules#citedVerdictFlaws}.
   */
  List<String> citedVerdictFlaws(Variant variant, Verdict cited) {
    return VerdictRules.citedVerdictFlaws(variant, cited, refreshCriteria(variant).orElse(null));
  }

  GateAnswer decide(GateQuestion question) {
    Variant variant = question.variant();
    Optional<Digest> criteria = refreshCriteria(variant);
    if (criteria.isEmpty()) {
      return closedWithoutVerdict(
          List.of("criteria of refreshes of application " + variant.application()));
    }
    Optional<Verdict> newest = newestRefreshVerdict(variant);
    if (newest.isEmpty()) {
      return closedWithoutVerdict(
          List.of(
              "a verdict of kind REFRESH for variant %s under the criteria in force, %s"
                  .formatted(variant.digest(), criteria.get())));
    }
    Verdict decisive = outweighingFailure(variant, newest.get()).orElse(newest.get());
    if (decisive.outcome() != Outcome.PASS) {
      return new Closed(
          new Problem(
                  InferenceProblem.VERDICT_FAILED,
                  "A verdict on this variant did not pass, and a refresh cannot override it."
                      + " Improve the documents, or request a verdict of kind RELEASE, about which"
                      + " a person decides.")
              .missing(List.of(decisive.describe())));
    }
    return stoppedReleaseReason(variant)
        .<GateAnswer>map(reason -> closedAsNoRefresh(List.of(reason)))
        .orElseGet(() -> decideByComparison(question, newest.get()));
  }

  /**
   * Returns a reason when a person or a canary analysis stopped an earlier release of the variant:
   * policy alone does not start it again.
   */
  private Optional<String> stoppedReleaseReason(Variant variant) {
    return releases
        .findFirstByApplicationAndVariantAndStateInOrderByIdDesc(
            variant.application(), variant.digest(), TAKEN_BACK)
        .map(release ->
            "a variant that was not taken back: release %s of it is %s"
                .formatted(release.id(), release.state()));
  }

  /**
   * Returns the newest failure of the variant by any other verdict, whatever its criteria. Only a
   * later pass under the release criteria in force outweighs it, and nothing outweighs a canary
   * that failed after the refresh was judged.
   */
  private Optional<Verdict> outweighingFailure(Variant variant, Verdict refresh) {
    List<Verdict> others =
        verdicts.newestOfEachKind(variant.application(), variant.digest()).stream()
            .filter(each -> each.kind() != VerdictKind.REFRESH)
            .toList();
    Digest inForce = applications.activeCriteria(variant.application()).orElse(null);
    long passed =
        others.stream()
            .filter(each -> each.outcome() == Outcome.PASS)
            .filter(each -> each.kind().countsForRelease(each.outcome(), each.criteria(), inForce))
            .mapToLong(Verdict::sequence)
            .max()
            .orElse(0);
    return others.stream()
        .filter(each -> each.outcome() == Outcome.FAIL)
        .filter(each ->
            each.sequence() > passed
                || (each.kind() == VerdictKind.CANARY && each.sequence() > refresh.sequence()))
        .max(Comparator.comparingLong(Verdict::sequence));
  }

  private GateAnswer decideByComparison(GateQuestion question, Verdict verdict) {
    Release active = question.serving();
    Variant serving =
        Optional.ofNullable(active).map(Release::variant).flatMap(variants::get).orElse(null);
    if (active == null || serving == null) {
      return closedAsNoRefresh(
          List.of("an active release in %s that is refreshed".formatted(question.environment())));
    }
    if (active.overrideReason() != null) {
      return closedAsNoRefresh(
          List.of("an active release that passed; the one in force overrides its verdict"));
    }
    return switch (refreshService.compare(serving, question.variant())) {
      case NoRefresh(List<String> reasons) -> closedAsNoRefresh(reasons);
      case Refreshed(DocumentChange change) -> decideByAdmission(change, active, verdict);
    };
  }

  private GateAnswer decideByAdmission(DocumentChange change, Release active, Verdict verdict) {
    if (!verdict.comparedWith().contains(active.variant())) {
      return closedWithoutVerdict(
          List.of(
              "a comparison with variant %s, which serves: record its run over the suite of the"
                      .formatted(active.variant())
                  + " criteria of refreshes as a baseline before the refresh runs"));
    }
    List<String> unadmitted = refreshService.unadmittedReasons(change);
    if (!unadmitted.isEmpty()) {
      return new Closed(
          new Problem(
                  InferenceProblem.DATASET_NOT_ADMITTED,
                  "Version %d of dataset '%s' is not admitted to the purpose INDEX at present."
                      .formatted(change.version(), change.dataset()))
              .missing(unadmitted));
    }
    return new Open(
        verdict,
        new Refresh(
            active.id(),
            change.formerIndex(),
            change.index(),
            change.dataset(),
            change.formerVersion(),
            change.version(),
            applications
                .criticality(active.application())
                .map(Criticality::valueOf)
                .orElseThrow()));
  }

  private Optional<Digest> refreshCriteria(Variant variant) {
    return applications.activeCriteria(variant.application(), CriteriaPurpose.REFRESH);
  }

  private Optional<Verdict> newestRefreshVerdict(Variant variant) {
    return refreshCriteria(variant)
        .flatMap(criteria ->
            verdicts.findNewestRefreshVerdict(variant.application(), variant.digest(), criteria));
  }

  /** Returns the newest verdict that decides about releases of the variant. */
  private Optional<Verdict> newestReleaseVerdict(Variant variant) {
    return verdicts.findNewestReleaseVerdict(
        variant.application(),
        variant.digest(),
        applications.activeCriteria(variant.application()).orElse(null));
  }

  private static Closed closedWithoutVerdict(List<String> missing) {
    return new Closed(
        new Problem(
                InferenceProblem.RELEASE_WITHOUT_VERDICT,
                "The variant has no verdict by which it can be released as a refresh. Evaluate it"
                    + " over the suite of the criteria of refreshes, request its verdict of kind"
                    + " REFRESH, and pass the verdict's id as verdictId.")
            .missing(missing));
  }

  private static Closed closedAsNoRefresh(List<String> reasons) {
    return new Closed(
        new Problem(
                InferenceProblem.NOT_A_REFRESH,
                "A verdict of kind REFRESH releases only the variant that serves, over newer"
                    + " documents, and what is listed in missing stands against that. Request a"
                    + " verdict of kind RELEASE instead.")
            .missing(reasons));
  }
}
