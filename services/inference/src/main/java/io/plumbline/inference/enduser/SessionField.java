package io.plumbline.inference.enduser;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The member of a call's {@code metadata} that names its session. */
public final class SessionField {

  /** The names of the member, of which the first that the metadata has is read. */
  private static final List<String> NAMES = List.of("session_id", "session");

  private SessionField() {}

  /** Returns whether the session is the only member of the metadata. */
  public static boolean isOnlyMember(JsonNode metadata) {
    return metadata.size() == 1 && findSession(metadata).isPresent();
  }

  static Optional<String> findSession(JsonNode metadata) {
    return NAMES.stream()
        .map(metadata::path)
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .filter(session -> !session.isBlank())
        .findFirst();
  }
}
