package io.plumbline.inference.provider;

import io.plumbline.inference.provider.UpstreamException.Kind;
import java.util.Arrays;
import java.util.List;

/** Failures of providers, for tests of their effects. */
public final class UpstreamFailures {

  private UpstreamFailures() {}

  /** Returns a failure of every kind for which the request is not at fault. */
  public static List<UpstreamException> elsewhere() {
    return all().stream().filter(UpstreamException::isRetryableElsewhere).toList();
  }

  /** Returns a failure of every kind for which the request is at fault. */
  public static List<UpstreamException> ofTheRequest() {
    return all().stream().filter(failure -> !failure.isRetryableElsewhere()).toList();
  }

  /** Returns a refusal of the request. */
  public static UpstreamException refusal(String code) {
    return new UpstreamException(Kind.REFUSED, 400, code, code);
  }

  /** Returns a refusal of the request with the server's own message. */
  public static UpstreamException refusalThatSays(String words) {
    return new UpstreamException(Kind.REFUSED, 400, "code", words, null, words);
  }

  /** Returns the failure of a provider that does not have the model. */
  public static UpstreamException noSuchModel() {
    return new UpstreamException(Kind.REFUSED, 404, "model_not_found", "no such model");
  }

  private static List<UpstreamException> all() {
    return Arrays.stream(Kind.values())
        .map(kind -> new UpstreamException(kind, 502, "code_" + kind, kind.name()))
        .toList();
  }
}
