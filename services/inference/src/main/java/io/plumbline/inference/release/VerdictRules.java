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
 * The verdict that a release needs: the newest on exactly its variant under the criteria in force
 * has passed, or it is the failed one that the release overrides with a reason.
 */
final class VerdictRules {

  /** A REFRESH opens the refresh of what serves alone: {@link RefreshGate}. */
  private static final Set<VerdictKind> OPENING =
      EnumSet.of(VerdictKind.RELEASE, VerdictKind.PHASE, VerdictKind.REFRESH);

  private VerdictRules() {}

  /**
   * What has to be true of the verdict that a request refers to, whatever else there is.
   *
   * @param criteria those in force of the variant's application, of the verdict's purpose; absent
   *     when none are registered
   */
  static List<String> unfit(Variant variant, Verdict cited, @Nullable Digest criteria) {
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
   * @param newest the newest word on the variant under the criteria in force; absent when there is
   *     none
   * @param overridden the verdict that the release overrides; absent without an override
   */
  static GateAnswer decide(
      Variant variant, Digest criteria, @Nullable Verdict newest, @Nullable UUID overridden) {
    if (newest == null) {
      return new Closed(
          without(
              List.of(
                  "a verdict of kind RELEASE or PHASE for variant %s under the criteria in force, %s"
                      .formatted(variant.digest(), criteria))));
    }
    return switch (newest.outcome()) {
      case PASS -> new Open(newest, null);
      case FAIL ->
          newest.id().equals(overridden)
              ? new Open(newest, null)
              : new Closed(
                  failed(
                      newest,
                      overridden == null
                          ? "The newest verdict failed. Release a variant that passes, or give a"
                              + " reason in override, which a second person decides about."
                          : "The newest verdict failed, and it is not the one that is overridden."
                              + " Request the release again with it."));
      case INCONCLUSIVE ->
          new Closed(
              failed(
                  newest,
                  "The newest verdict is inconclusive, which cannot be overridden. Evaluate more"
                      + " items."));
    };
  }

  static Problem without(List<String> missing) {
    return new Problem(
            InferenceProblem.RELEASE_WITHOUT_VERDICT,
            "Evaluate this variant, request its verdict against the criteria in force, and pass the"
                + " verdict's id as verdictId.")
        .missing(missing);
  }

  private static Problem failed(Verdict newest, String detail) {
    return new Problem(InferenceProblem.VERDICT_FAILED, detail)
        .missing(List.of(newest.described()));
  }
}
