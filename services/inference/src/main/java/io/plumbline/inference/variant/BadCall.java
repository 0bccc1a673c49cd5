package io.plumbline.inference.variant;

/** A call that the variant cannot answer; the message says what to send instead. */
public final class BadCall extends RuntimeException {

  private final String param;

  /**
   * @param param the field of the request that is at fault
   */
  BadCall(String param, String message) {
    super(message);
    this.param = param;
  }

  public String param() {
    return param;
  }
}
