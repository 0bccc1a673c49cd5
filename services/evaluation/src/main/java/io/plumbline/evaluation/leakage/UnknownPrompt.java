package io.plumbline.evaluation.leakage;

import io.plumbline.contracts.Digest;

/**
 * A variant's prompt that cannot be read as it was published: what it says to the model is not
 * known, so that nothing is known of its leaking items either.
 */
public final class UnknownPrompt extends RuntimeException {

  private final String message;

  /**
   * @param finding what is wrong with the version
   * @param remedy what to do, as sentences
   */
  UnknownPrompt(Digest prompt, String finding, String remedy) {
    this.message =
        "The items cannot be compared with prompt version %s, and no question was sent: %s. %s"
            .formatted(prompt.abbreviated(), finding, remedy);
  }

  /** What is wrong and what to do. */
  @Override
  public String getMessage() {
    return message;
  }
}
