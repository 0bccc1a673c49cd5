package io.plumbline.inference.release;

import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantAvailability;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Decides whether an earlier release may serve again. A rollback is for when something is wrong
 * now, so evidence against the earlier release does not forbid it, but the caller has to
 * acknowledge that evidence. Only a release that can no longer answer is refused. Where no person
 * asks, the release has to hold.
 */
@Component
class RollbackGate {

  private final ReleaseGate gate;
  private final VariantCatalog variants;
  private final VariantAvailability availability;
  private final Releases releases;

  RollbackGate(
      ReleaseGate gate,
      VariantCatalog variants,
      VariantAvailability availability,
      Releases releases) {
    this.gate = gate;
    this.variants = variants;
    this.availability = availability;
    this.releases = releases;
  }

  /**
   * Checks that an earlier release may serve again.
   *
   * @return what stands against the release and was acknowledged; empty when nothing does
   * @throws Problem that names what is gone, or what stands against the release unacknowledged
   */
  List<String> requireAllowed(Release target, boolean acknowledged) {
    Variant variant =
        variants
            .get(target.variant())
            .orElseThrow(() -> targetGoneProblem("the variant " + target.variant()));
    availability
        .missingPart(variant)
        .ifPresent(missing -> {
          throw targetGoneProblem(missing);
        });
    return switch (ask(target, variant)) {
      case GateAnswer.Open open -> List.of();
      case GateAnswer.Closed closed -> {
        if (!acknowledged) {
          throw new Problem(
                  InferenceProblem.ROLLBACK_UNACKNOWLEDGED,
                  ("Release %s would serve again, but the release gate is closed for it now, as"
                          + " listed in missing. Roll back with acknowledge set to true, or release"
                          + " another variant.")
                      .formatted(target.id()))
              .missing(List.of(closed.reason()));
        }
        yield List.of(closed.reason());
      }
    };
  }

  /**
   * Returns whether an earlier release may serve again though nobody asks for it: it can answer,
   * and nothing stands against it, since nobody would acknowledge that.
   */
  boolean holds(Release target) {
    return target.state() == ReleaseState.SUPERSEDED
        && variants
            .get(target.variant())
            .filter(variant -> availability.missingPart(variant).isEmpty())
            .filter(variant -> ask(target, variant) instanceof GateAnswer.Open)
            .isPresent();
  }

  private GateAnswer ask(Release target, Variant variant) {
    return gate.decide(
        GateQuestion.of(target, variant, releases.findPrevious(target).orElse(null)));
  }

  private static Problem targetGoneProblem(String missing) {
    return new Problem(
            InferenceProblem.ROLLBACK_TARGET_GONE,
            "The earlier release can no longer answer. Bring back what is listed in missing, such"
                + " as the provider's connection to that address, or release another variant.")
        .missing(List.of(missing));
  }
}
