package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict that a release needs: for exactly its variant, under the criteria in force, and
 * passed, or failed and overridden with a reason.
 */
final class VerdictRules {

  private VerdictRules() {}

  /**
   * @param criteria those in force of the variant's application; absent when none are registered
   * @throws Problem that names what is missing
   */
  static void check(
      Variant variant, Verdict verdict, @Nullable Digest criteria, @Nullable String override) {
    List<String> missing = missing(variant, verdict, criteria);
    if (!missing.isEmpty()) {
      throw without(missing);
    }
    switch (verdict.outcome()) {
      case PASS -> {
        if (override != null) {
          throw Problem.invalid(
              "/override",
              "must be absent: the verdict passed, and only a failed one is overridden");
        }
      }
      case FAIL -> {
        if (override == null) {
          throw failed(
              verdict,
              "The verdict failed. Release a variant that passes, or give a reason in override,"
                  + " which a second person decides about.");
        }
      }
      case INCONCLUSIVE ->
          throw failed(
              verdict,
              "The verdict is inconclusive, which cannot be overridden. Evaluate more items.");
    }
  }

  static Problem withoutVerdict(Variant variant) {
    return without(List.of("a verdict of kind RELEASE or PHASE for variant " + variant.digest()));
  }

  private static List<String> missing(Variant variant, Verdict verdict, @Nullable Digest criteria) {
    List<String> missing = new ArrayList<>();
    if (verdict.kind() != VerdictKind.RELEASE && verdict.kind() != VerdictKind.PHASE) {
      missing.add("a verdict of kind RELEASE or PHASE; this one is " + verdict.kind());
    }
    if (!verdict.subject().equals(variant.digest())
        || !verdict.application().equals(variant.application())) {
      missing.add(
          "a verdict for variant " + variant.digest() + "; this one is for " + verdict.subject());
    }
    if (criteria == null) {
      missing.add("registered criteria of application " + variant.application());
    } else if (!criteria.equals(verdict.criteria())) {
      missing.add("a verdict under the criteria in force, " + criteria);
    }
    return missing;
  }

  private static Problem failed(Verdict verdict, String detail) {
    return new Problem(InferenceProblem.VERDICT_FAILED, detail).missing(verdict.reasons());
  }

  private static Problem without(List<String> missing) {
    return new Problem(
            InferenceProblem.RELEASE_WITHOUT_VERDICT,
            "Evaluate this variant, request its verdict against the criteria in force, and pass the"
                + " verdict's id as verdictId.")
        .missing(missing);
  }
}
