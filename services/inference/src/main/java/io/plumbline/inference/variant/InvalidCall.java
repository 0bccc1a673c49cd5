package io.plumbline.inference.variant;

/** Thrown for a call that the variant cannot answer; the message says what to send instead. */
public final class InvalidCall extends RuntimeException {

  private final String code;
  private final String param;

  /**
   * Creates the exception with the usual code.
   *
   * @param param the field of the request that is at fault
   */
  public InvalidCall(String param, String message) {
    this("invalid_request", param, message);
  }

  /**
   * Creates the exception with a code.
   *
   * @param code the code by which clients of OpenAI recognise the error
   */
  public InvalidCall(String code, String param, String message) {
    super(message);
    this.code = code;
    this.param = param;
  }

  public String code() {
    return code;
  }

  public String parameterName() {
    return param;
  }
}
