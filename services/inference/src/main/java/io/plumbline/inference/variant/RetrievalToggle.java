package io.plumbline.inference.variant;

import io.plumbline.inference.ComposerRoleGuard;
import io.plumbline.platform.problem.Problem;
import org.springframework.stereotype.Component;

/**
 * Switches a component of a variant off for one call, to see what it is worth. Retrieval alone can
 * be: what guards a call stays, whoever asks.
 */
@Component
public class RetrievalToggle {

  /** The header that names what is switched off. */
  public static final String HEADER = "x-plumbline-without";

  /** The only component that can be. */
  public static final String RETRIEVAL = "retrieval";

  private final ComposerRoleGuard composers;

  RetrievalToggle(ComposerRoleGuard composers) {
    this.composers = composers;
  }

  /**
   * Allowed to those who may create the variant without the component; no API key is.
   *
   * @param component as the header names it
   * @param model as the call names it: an application's callers get what was released
   * @throws InvalidCall naming the header, when it cannot be done
   * @throws Problem 403 without the role
   */
  public void require(String component, String model) {
    composers.require(HEADER, "switch off a component of a variant", model);
    if (!component.equals(RETRIEVAL)) {
      throw new InvalidCall(HEADER, HEADER + " must be retrieval: nothing else can be switched off.");
    }
    if (!model.startsWith(Variant.MODEL_PREFIX)) {
      throw new InvalidCall(
          HEADER,
          HEADER + " needs a variant: call it by model variant/<digest>, or omit the header.");
    }
  }

  /**
   * @throws InvalidCall when there is nothing to switch off
   */
  public static void requireRetrieval(Variant variant) {
    if (!variant.retrieves()) {
      throw new InvalidCall(HEADER, "The variant retrieves nothing: omit the header " + HEADER + ".");
    }
  }
}
