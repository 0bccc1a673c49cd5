package io.plumbline.inference.answer;

import io.plumbline.inference.ComposerRoleGuard;
import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import org.springframework.stereotype.Component;

/**
 * Lets an answer of a variant include the passages that its model was given. For those who compose
 * variants, and for services, which measure retrieval: an application gets what an answer cites.
 */
@Component
public class IncludedPassages {

  /** The header that names what an answer includes. */
  public static final String HEADER = "x-plumbline-include";

  private static final String PASSAGES = "passages";
  private final ComposerRoleGuard composers;

  IncludedPassages(ComposerRoleGuard composers) {
    this.composers = composers;
  }

  /**
   * @param included as the header names it
   * @param model as the call names it
   * @throws InvalidCall naming the header, when it cannot be done
   * @throws Problem 403 without the role
   */
  public void require(String included, String model) {
    if (!Caller.current().service()) {
      composers.require(HEADER, "include passages in an answer", model);
    }
    if (!included.equals(PASSAGES)) {
      throw refused("must be passages: nothing else can be included.");
    }
    if (!model.startsWith(Variant.MODEL_PREFIX)) {
      throw refused("needs a variant: call it by model variant/<digest>, or omit the header.");
    }
  }

  private static InvalidCall refused(String why) {
    return new InvalidCall("invalid_request", HEADER, HEADER + " " + why);
  }
}
