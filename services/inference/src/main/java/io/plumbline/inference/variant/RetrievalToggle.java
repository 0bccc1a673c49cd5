package io.plumbline.inference.variant;

import io.plumbline.inference.ComposerRoleGuard;
import io.plumbline.platform.problem.Problem;
import org.springframework.stereotype.Component;

/**
 * Switches a component of a variant off for one call, to measure its effect. Only retrieval can be
 * switched off; checks that protect a call always stay on.
 */
@Component
public class RetrievalToggle {

  /** The header that names what is switched off. */
  public static final String HEADER = "x-plumbline-without";

  /** The only component that can be switched off. */
  public static final String RETRIEVAL = "retrieval";

  private final ComposerRoleGuard composers;

  RetrievalToggle(ComposerRoleGuard composers) {
    this.composers = composers;
  }

  /**
   * Checks that the caller may switch off a component. That needs a role that may create the
   * variant without the component; no API key has one.
   *
   * @param component the value of the header
   * @param model the model that the call names; an application's callers get what was released
   * @throws InvalidCall naming the header, when that cannot be switched off
   * @throws Problem 403 without the role
   */
  public void requireAllowed(String component, String model) {
    composers.requireComposerRole(HEADER, "switch off a component of a variant", model);
    if (!component.equals(RETRIEVAL)) {
      throw new InvalidCall(
          HEADER, HEADER + " must be retrieval: nothing else can be switched off.");
    }
    if (!model.startsWith(Variant.MODEL_PREFIX)) {
      throw new InvalidCall(
          HEADER,
          HEADER + " needs a variant: call it by model variant/<digest>, or omit the header.");
    }
  }

  /**
   * Checks that a variant retrieves anything.
   *
   * @throws InvalidCall when there is nothing to switch off
   */
  public static void requireRetrieval(Variant variant) {
    if (!variant.retrieves()) {
      throw new InvalidCall(
          HEADER, "The variant retrieves nothing: omit the header " + HEADER + ".");
    }
  }
}
