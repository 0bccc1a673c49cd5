package io.plumbline.e2e.client;

/**
 * A feature that a client uses beyond one message, with what the model has to see of it and how a
 * variant of the default caller policy treats it.
 */
enum Feature {
  SYSTEM_MESSAGE("system: Be brief.", Treatment.REFUSED, "system-messages"),
  HISTORY("before: 2", Treatment.ALLOWED, "before: 2"),
  STREAMING("said: Hello", Treatment.ALLOWED, "said: Hello"),
  TOOLS("Your order is in Leeds.", Treatment.REFUSED, "tools"),
  STRUCTURED_OUTPUT("{\"city\":\"Leeds\"}", Treatment.OVERRIDDEN, "response_format"),
  IMAGES("image: image/png of 70 bytes", Treatment.REFUSED, "images"),
  SAMPLING("temperature: 0.9", Treatment.OVERRIDDEN, "temperature");

  /** The treatment by a variant whose caller policy does not allow the feature. */
  enum Treatment {
    ALLOWED,
    /** The model does not see it, and the answer lists the field. */
    OVERRIDDEN,
    REFUSED
  }

  private final String seen;
  private final Treatment treatment;
  private final String named;

  Feature(String seen, Treatment treatment, String named) {
    this.seen = seen;
    this.treatment = treatment;
    this.named = named;
  }

  /** Returns a part of the model's answer, which says what reached it. */
  String seen() {
    return seen;
  }

  Treatment treatment() {
    return treatment;
  }

  /** Returns the name of the feature in the refusal, or in the list of what was overridden. */
  String named() {
    return named;
  }
}
