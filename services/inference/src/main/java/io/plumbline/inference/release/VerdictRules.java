package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.release.GateAnswer.Closed;
import io.plumbline.inference.release.GateAnswer.Open;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the verdict that a release needs: the {@linkplain
 * io.plumbline.inference.projection.VerdictProjection#findNewestReleaseVerdict newest verdict} that
 * decides about releases of exactly its variant has passed, or that verdict failed and the release
 * overrides it with a reason.
 */
final class VerdictRules {

  /** The kinds that open the gate; REFRESH only for a refresh, see {@link RefreshGate}. */
  private static final Set<VerdictKind> OPENING =
      EnumSet.of(VerdictKind.RELEASE, VerdictKind.PHASE, VerdictKind.REFRESH);

  private VerdictRules() {}

  /**
   * Returns why the verdict that a request cites cannot decide about a release of the variant: its
   * kind, its subject or its criteria. Empty when it can. Only a canary's outcome matters here.
   *
   * @param criteria the criteria in force of the variant's application, for the verdict's purpose;
   *     absent when none are registered
   */
  static List<String> citedVerdictFlaws(Variant variant, Verdict cited, @Nullable Digest criteria) {
    List<String> missing = new ArrayList<>();
    boolean canary = cited.kind() == VerdictKind.CANARY && cited.outcome() == Outcome.FAIL;
    if (!canary && !OPENING.contains(cited.kind())) {
      missing.add("a verdict of kind RELEASE or PHASE; this one is " + cited.kind());
    }
    if (!cited.subject().equals(variant.digest())
        || !cited.application().equals(variant.application())) {
      missing.add(
          "a verdict for variant " + variant.digest() + "; this one is for " + cited.subject());
    }
    if (criteria == null) {
      missing.add("registered criteria of application " + variant.application());
    } else if (!canary && !criteria.equals(cited.criteria())) {
      missing.add(
          "a verdict under the criteria in force, %s; this one is under %s"
              .formatted(criteria, cited.criteria()));
    }
    return missing;
  }

  /**
   * Decides about a release of a variant by the newest verdict on it.
   *
   * @param criteria the criteria in force of the variant's application
   * @param newest the result of {@link
   *     io.plumbline.inference.projection.VerdictProjection#findNewestReleaseVerdict}, which may be
   *     the verdict of a failed canary, which has no criteria; absent when there is none
   * @param overridden the verdict that the release overrides; absent without an override
   */
  static GateAnswer decide(
      Variant variant, Digest criteria, @Nullable Verdict newest, @Nullable UUID overridden) {
    if (newest == null) {
      return new Closed(
          verdictMissingProblem(
              List.of(
                  "a verdict of kind RELEASE or PHASE for variant %s under the criteria in force, %s"
                      .formatted(variant.digest(), criteria))));
    }
    return switch (newest.outcome()) {
      case PASS -> new Open(newest, null);
      case FAIL -> decideByFailed(newest, overridden);
      case INCONCLUSIVE ->
          new Closed(
              verdictFailedProblem(
                  newest,
                  "The newest verdict is inconclusive, which cannot be overridden. Evaluate more"
                      + " items."));
    };
  }

  private static GateAnswer decideByFailed(Verdict newest, @Nullable UUID overridden) {
    if (newest.id().equals(overridden)) {
      return new Open(newest, null);
    }
    if (overridden == null) {
      return new Closed(
          verdictFailedProblem(
              newest,
              "The newest verdict failed. Release a variant that passes, or give a reason in"
                  + " override, which a second person decides about."));
    }
    return new Closed(
        verdictFailedProblem(
            newest,
            "The newest verdict failed, and it is not the one that is overridden. Request the"
                + " release again with it."));
  }

  static Problem verdictMissingProblem(List<String> missing) {
    return new Problem(
            InferenceProblem.RELEASE_WITHOUT_VERDICT,
            "The variant has no verdict by which it can be released. Evaluate it, request its"
                + " verdict against the criteria in force, and pass the verdict's id as verdictId.")
        .missing(missing);
  }

  private static Problem verdictFailedProblem(Verdict newest, String detail) {
    return new Problem(InferenceProblem.VERDICT_FAILED, detail).missing(List.of(newest.describe()));
  }
}
