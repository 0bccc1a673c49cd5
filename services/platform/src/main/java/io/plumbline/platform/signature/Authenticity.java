package io.plumbline.platform.signature;

import java.util.Locale;

/**
 * The authenticity of a message: whether it is an event of the service that it names, as that
 * service wrote it.
 */
public enum Authenticity {
  AUTHENTIC("The service that owns the event signed it"),
  MALFORMED("An attribute of the envelope is missing, repeated or malformed"),
  MISPLACED("Topic, source and type do not belong to the same service"),
  UNSIGNED("It is not signed"),
  UNKNOWN_KEY("It is signed by a key that plumbline.events.keys does not list for its service"),
  WRONG_SIGNATURE("Its signature does not match: it was changed, or another service signed it");

  private final String explanation;

  Authenticity(String explanation) {
    this.explanation = explanation;
  }

  /** Returns an explanation in one sentence, without anything from the message. */
  public String explanation() {
    return explanation;
  }

  /** Returns the value for the tag of a metric. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
