package io.plumbline.inference.provider.protocol;

import io.plumbline.inference.UnsupportedRequest;
import java.util.regex.Pattern;

/** A model of the Gemini API: its name is a part of the address, and says what it can do. */
record GeminiModel(UpstreamName name) {

  /** What may stand in the address, which a name would otherwise lead elsewhere. */
  private static final Pattern RESOURCE =
      Pattern.compile("(?:models/|tunedModels/)?[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private static final Pattern BEFORE_3 = Pattern.compile("(?:models/)?gemini-[12]\\..*");

  GeminiModel {
    if (!RESOURCE.matcher(name.model()).matches()) {
      throw new UnsupportedRequest(
          "unsupported_model",
          "model",
          name.called()
              + " cannot be a model of Gemini's API: use a name such as gemini-3-flash-preview.");
    }
  }

  String called() {
    return name.called();
  }

  /** As the API names it: {@code models/…}. */
  String resource() {
    return name.model().contains("/") ? name.model() : "models/" + name.model();
  }

  /** What follows the base URL. */
  String path(String method) {
    return "/" + resource() + ":" + method;
  }

  /**
   * Whether it belongs to the third generation or a later one, whose thinking has levels instead of
   * a budget, and which wants the signatures of its thoughts back.
   */
  boolean hasThinkingLevels() {
    return !BEFORE_3.matcher(name.model()).matches();
  }
}
