package io.plumbline.inference.variant;

/** A call that the variant cannot answer; the message says what to send instead. */
public final class InvalidCall extends RuntimeException {

  private final String code;
  private final String param;

  /**
   * @param param the field of the request that is at fault
   */
  InvalidCall(String param, String message) {
    this("invalid_request", param, message);
  }

  /**
   * @param code by which clients of OpenAI know what is wrong
   */
  public InvalidCall(String code, String param, String message) {
    super(message);
    this.code = code;
    this.param = param;
  }

  public String code() {
    return code;
  }

  public String param() {
    return param;
  }
}
