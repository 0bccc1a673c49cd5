package io.plumbline.evaluation.leakage;

import io.plumbline.contracts.Digest;

/**
 * Thrown when a variant's prompt cannot be read as it was published. Its texts are then unknown, so
 * that nobody can say which items leak into it.
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

  /** Returns what is wrong with the prompt version and what to do. */
  @Override
  public String getMessage() {
    return message;
  }
}
