package io.plumbline.inference.answer;

import io.plumbline.inference.ComposerRoleGuard;
import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import org.springframework.stereotype.Component;

/**
 * Lets a caller include in a variant's answer the passages that its model was given. Only services,
 * which measure retrieval, and callers who compose variants may do so; an application gets the
 * passages that an answer cites.
 */
@Component
public class PassageInclusionGuard {

  /** The header that names what an answer includes. */
  public static final String HEADER = "x-plumbline-include";

  private static final String PASSAGES = "passages";
  private final ComposerRoleGuard composers;

  PassageInclusionGuard(ComposerRoleGuard composers) {
    this.composers = composers;
  }

  /**
   * Checks that the caller may include passages in the answer.
   *
   * @param included the value of the header
   * @param model the model that the call names
   * @throws InvalidCall naming the header, when an answer cannot include what the header names
   * @throws Problem 403 without the role
   */
  public void requireAllowed(String included, String model) {
    if (!Caller.current().service()) {
      composers.requireComposerRole(HEADER, "include passages in an answer", model);
    }
    if (!included.equals(PASSAGES)) {
      throw invalidHeader("must be passages: nothing else can be included.");
    }
    if (!model.startsWith(Variant.MODEL_PREFIX)) {
      throw invalidHeader(
          "needs a variant: call it by model variant/<digest>, or omit the header.");
    }
  }

  private static InvalidCall invalidHeader(String why) {
    return new InvalidCall("invalid_request", HEADER, HEADER + " " + why);
  }
}
