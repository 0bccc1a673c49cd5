package io.plumbline.inference.apikey;

/** A call with an API key of what its scope does not name; the message says what it names. */
public final class OutOfScope extends RuntimeException {

  OutOfScope(String model, ApiKeyScope scope) {
    super(
        "The API key may not call '%s', but %s. Use a key whose scope names it."
            .formatted(model, String.join(", ", scope.names())));
  }
}
