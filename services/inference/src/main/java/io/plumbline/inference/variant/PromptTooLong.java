package io.plumbline.inference.variant;

/** A prompt that its model does not read whole, no matter what a caller sends. */
public final class PromptTooLong extends RuntimeException {

  public static final String CODE = "prompt_too_long";

  PromptTooLong(String message) {
    super(message);
  }
}
