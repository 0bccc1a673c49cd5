package io.plumbline.inference.apikey;

/** A call with an API key of what its scope does not name; the message says what it names. */
public final class OutOfScope extends RuntimeException {

  OutOfScope(String model, ApiKeyScope scope) {
    super(
        "The API key may not call '%s', but %s. %sElse use a key whose scope names it."
            .formatted(model, String.join(", ", scope.names()), meant(model, scope)));
  }

  /** What may have been meant; empty where nothing that the key opens is near. */
  private static String meant(String model, ApiKeyScope scope) {
    if (scope.allApplications()) {
      return "An application is called by app/ and its name. ";
    }
    return NearName.of(model, scope.names()).map("Is '%s' meant? "::formatted).orElse("");
  }
}
