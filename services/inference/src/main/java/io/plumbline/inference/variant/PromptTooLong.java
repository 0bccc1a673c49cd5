package io.plumbline.inference.variant;

/** Thrown when a prompt alone exceeds its model's context window, whatever a caller sends. */
public final class PromptTooLong extends RuntimeException {

  public static final String CODE = "prompt_too_long";

  PromptTooLong(String message) {
    super(message);
  }
}
