package io.plumbline.inference;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a request that the named model does not support, with the fields of the OpenAI API's
 * error object.
 */
public final class UnsupportedRequest extends RuntimeException {

  private final String code;
  private final @Nullable String param;

  public UnsupportedRequest(String code, @Nullable String param, String message) {
    super(message);
    this.code = code.toLowerCase(Locale.ROOT);
    this.param = param;
  }

  public String code() {
    return code;
  }

  public @Nullable String parameterName() {
    return param;
  }
}
