package io.plumbline.inference.serving.protocol;

import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.usage.Tokens;

/** The end of a call whose client left before it was answered. The provider had accepted it. */
public final class AbandonedCall extends RuntimeException {

  private final UpstreamException end;
  private final Tokens tokens;

  /**
   * Creates the end of a call.
   *
   * @param tokens the tokens that the provider has read
   */
  public AbandonedCall(UpstreamException end, Tokens tokens) {
    super(end.getMessage(), end);
    this.end = end;
    this.tokens = tokens;
  }

  public String code() {
    return end.code();
  }

  int status() {
    return end.status();
  }

  public Tokens tokens() {
    return tokens;
  }
}
