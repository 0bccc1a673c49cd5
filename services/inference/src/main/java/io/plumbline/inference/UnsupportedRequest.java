package io.plumbline.inference;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that the model it names does not support, as the OpenAI protocol's error object says
 * it.
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

  public @Nullable String param() {
    return param;
  }
}
