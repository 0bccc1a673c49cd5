package io.plumbline.inference.provider.protocol;

import io.plumbline.inference.UnsupportedRequest;
import java.util.regex.Pattern;

/** A model of the Gemini API. Its name is part of the address, and shows what the model can do. */
record GeminiModel(UpstreamName name) {

  /** The names that are allowed in the address, so that no name can lead to another address. */
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

  String nameForCallers() {
    return name.called();
  }

  /** Returns the name of the model in the API: {@code models/…}. */
  String resource() {
    return name.model().contains("/") ? name.model() : "models/" + name.model();
  }

  /** Returns the path after the base URL. */
  String methodPath(String method) {
    return "/" + resource() + ":" + method;
  }

  /**
   * Returns whether the model belongs to the third generation or a later one. Its thinking has
   * levels instead of a budget, and it requires the signatures of its thoughts back.
   */
  boolean hasThinkingLevels() {
    return !BEFORE_3.matcher(name.model()).matches();
  }
}
