package io.plumbline.inference.provider;

import io.plumbline.inference.provider.UpstreamException.Kind;
import java.util.Arrays;
import java.util.List;

/** Failures of providers, for tests of what follows from them. */
public final class UpstreamFailures {

  private UpstreamFailures() {}

  /** Of every kind that says nothing about the request. */
  public static List<UpstreamException> elsewhere() {
    return all().stream().filter(UpstreamException::elsewhere).toList();
  }

  /** Of every other kind. */
  public static List<UpstreamException> ofTheRequest() {
    return all().stream().filter(failure -> !failure.elsewhere()).toList();
  }

  /** A refusal of the request. */
  public static UpstreamException refusal(String code) {
    return new UpstreamException(Kind.REFUSED, 400, code, code);
  }

  /** A refusal of the request, with what the server says of it. */
  public static UpstreamException refusalThatSays(String words) {
    return new UpstreamException(Kind.REFUSED, 400, "code", words, null, words);
  }

  /** The provider does not have the model. */
  public static UpstreamException noSuchModel() {
    return new UpstreamException(Kind.REFUSED, 404, "model_not_found", "no such model");
  }

  private static List<UpstreamException> all() {
    return Arrays.stream(Kind.values())
        .map(kind -> new UpstreamException(kind, 502, "code_" + kind, kind.name()))
        .toList();
  }
}
