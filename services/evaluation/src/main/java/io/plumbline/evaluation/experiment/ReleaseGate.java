package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Optional;

/** The release gate: open when the newest RELEASE verdict on the variant is PASS. */
final class ReleaseGate {

  private ReleaseGate() {}

  /**
   * @param newest the newest RELEASE verdict on the variant
   * @return that verdict, when it is PASS
   * @throws Problem 409 with the missing verdict, or with the reasons of the one that is not PASS
   */
  static Verdict check(Optional<Verdict> newest, Digest variant) {
    Verdict verdict =
        newest.orElseThrow(() ->
            new Problem(
                    ExperimentProblem.GATE_CLOSED,
                    "Run a suite over this variant, then request a verdict of kind RELEASE.")
                .missing(List.of("a verdict of kind RELEASE on variant " + variant)));
    if (verdict.outcome() != Outcome.PASS) {
      throw new Problem(
              ExperimentProblem.GATE_CLOSED,
              "The newest RELEASE verdict on this variant is %s; missing lists its reasons."
                  .formatted(verdict.outcome()))
          .missing(verdict.reasons());
    }
    return verdict;
  }
}
