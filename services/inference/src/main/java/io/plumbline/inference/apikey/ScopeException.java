package io.plumbline.inference.apikey;

/** Thrown for a request that is outside the scope of its API key; the message names the scope. */
public final class ScopeException extends RuntimeException {

  private final String param;

  private ScopeException(String param, String message) {
    super(message);
    this.param = param;
  }

  static ScopeException forModel(String model, ApiKeyScope scope) {
    return new ScopeException(
        "model",
        ("The API key may not call '%s'. Its scope allows %s. %sUse one of these, or a key whose"
                + " scope allows '%1$s'.")
            .formatted(model, String.join(", ", scope.allowedNames()), suggestion(model, scope)));
  }

  /** Suggests a similar name that the key may call; empty where there is none. */
  private static String suggestion(String model, ApiKeyScope scope) {
    if (scope.allApplications()) {
      return "An application is called by app/ and its name. ";
    }
    return NameSuggestion.of(model, scope.allowedNames())
        .map("Did you mean '%s'? "::formatted)
        .orElse("");
  }

  static ScopeException forPrompt(String prompt, ApiKeyScope scope) {
    if (!scope.prompts()) {
      return new ScopeException(
          "name", "The API key may not read prompts. Use a key whose scope allows prompts.");
    }
    String applications =
        scope.allApplications() ? "an application" : String.join(", ", scope.applications());
    return new ScopeException(
        "name",
        ("The API key may not read this version of the prompt '%s': its scope allows only versions"
                + " that variants of %s have. Use a key of an application that has a variant with"
                + " the version that the label points to.")
            .formatted(prompt, applications));
  }

  /** Returns the part of the request that names what is out of scope. */
  public String parameterName() {
    return param;
  }
}
