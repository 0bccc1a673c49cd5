package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.StepFailed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an endpoint that has the OpenAI API.
 *
 * @param model as the endpoint names it
 * @param key absent where the endpoint asks for none
 */
record ModelEndpoint(URI baseUrl, String model, @Nullable String key) {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * The longest name of a model, without its provider's, that the gateway and the registry accept.
   */
  private static final int MAX_MODEL_LENGTH = 150;

  /**
   * Reads {@code http://127.0.0.1:11434/v1#llama3.2}.
   *
   * @param variable the variable that has the value; a failure names the variable and not the
   *     value, which may hold a password
   */
  static ModelEndpoint of(String variable, String value, @Nullable String key) {
    int hash = value.indexOf('#');
    String model = hash < 0 ? "" : value.substring(hash + 1).strip();
    if (model.isEmpty()) {
      throw malformed(variable, "the value has no model behind #");
    }
    if (model.length() > MAX_MODEL_LENGTH || model.contains(" ")) {
      throw malformed(
          variable, "the model has a space or more than %d characters".formatted(MAX_MODEL_LENGTH));
    }
    URI baseUrl = parseUrl(variable, value.substring(0, hash).strip());
    if (!SCHEMES.contains(baseUrl.getScheme()) || baseUrl.getHost() == null) {
      throw malformed(variable, "the URL has no http:// or https:// with a host");
    }
    if (baseUrl.getUserInfo() != null || baseUrl.getQuery() != null) {
      throw malformed(
          variable, "the URL has a user or a query; a key is given as %s_KEY".formatted(variable));
    }
    return new ModelEndpoint(baseUrl, model, key);
  }

  boolean isAt(ModelEndpoint other) {
    return baseUrl.equals(other.baseUrl);
  }

  private static URI parseUrl(String variable, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Its message is left out, because it quotes the text.
      throw malformed(variable, "the part before # is not a URL");
    }
  }

  private static StepFailed malformed(String variable, String reason) {
    return new StepFailed(
        ("%s has to be the base URL of an OpenAI-compatible API, # and the name of a model, such as"
                + " http://127.0.0.1:11434/v1#llama3.2, but %s.")
            .formatted(variable, reason));
  }

  /** Returns the address and the model, but never the key. */
  @Override
  public String toString() {
    return baseUrl + "#" + model;
  }
}
