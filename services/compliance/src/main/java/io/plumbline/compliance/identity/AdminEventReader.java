package io.plumbline.compliance.identity;

import io.plumbline.contracts.ComplianceEvent.IdentityChanged;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.body.StorableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the answer of Keycloak's {@code admin-events} one event at a time. Whatever an
 * administrator sent may be in it, so texts are cut, and a representation is dropped once its
 * digest is known.
 */
final class AdminEventReader {

  /**
   * The largest number of characters of a representation; Keycloak takes fewer from its callers.
   */
  static final int MAX_REPRESENTATION = 20_000_000;

  /** Reads JSON of administrators, within limits. */
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAX_REPRESENTATION)
                          .maxNestingDepth(200)
                          .build())
                  .build())
          .build();

  private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();
  private static final int MAX_RESOURCE = 400;
  private static final int MAX_TEXT = 200;

  private AdminEventReader() {}

  /**
   * Reads all events of an answer.
   *
   * @throws IOException if it is not an array of objects
   */
  static void read(InputStream answer, Consumer<AdminEvent> each) throws IOException {
    try (JsonParser in = JSON.createParser(answer)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("Keycloak's answer is not a list of events");
      }
      while (in.nextToken() == JsonToken.START_OBJECT) {
        each.accept(readEvent(in));
      }
      if (in.currentToken() != JsonToken.END_ARRAY) {
        throw new IOException("Keycloak's answer is not a list of events");
      }
    }
  }

  private static AdminEvent readEvent(JsonParser in) {
    Map<String, String> fields = new HashMap<>();
    Representation representation = Representation.NONE;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      if (name.equals("representation") && value == JsonToken.VALUE_STRING) {
        representation = Representation.of(in.getString());
      } else if (name.equals("authDetails") && value == JsonToken.START_OBJECT) {
        readFields(in, "by.", fields);
      } else {
        readField(in, name, fields);
      }
    }
    return toEvent(fields, representation);
  }

  private static void readFields(JsonParser in, String prefix, Map<String, String> fields) {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      readField(in, prefix + name, fields);
    }
  }

  private static void readField(JsonParser in, String name, Map<String, String> fields) {
    JsonToken value = in.currentToken();
    if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
      fields.put(name, storable(in.getString(), MAX_RESOURCE));
    } else {
      in.skipChildren();
    }
  }

  private static AdminEvent toEvent(Map<String, String> fields, Representation representation) {
    String resource = textOf(fields, "resourcePath", "realm", MAX_RESOURCE);
    String realm = fields.getOrDefault("realmId", "");
    String byRealm = fields.get("by.realmId");
    Instant at = Instant.ofEpochMilli(millisOf(fields.get("time")));
    IdentityChanged change =
        new IdentityChanged(
            textOf(fields, "id", idOf(fields, representation), MAX_TEXT),
            at,
            textOf(fields, "operationType", "UNKNOWN", MAX_TEXT),
            textOf(fields, "resourceType", "UNKNOWN", MAX_TEXT),
            resource,
            optional(fields, "by.userId"),
            byRealm == null || byRealm.equals(realm) ? null : optional(fields, "by.realmId"),
            optional(fields, "by.clientId"),
            representation.names(),
            representation.digest(),
            optional(fields, "error"));
    return new AdminEvent(change, representation.workspaces());
  }

  /** Returns an id for an event of a Keycloak that gives it none: the digest of what it says. */
  private static String idOf(Map<String, String> fields, Representation representation) {
    return Digest.ofText(new TreeMap<>(fields) + " " + representation.digest()).hex();
  }

  private static long millisOf(@Nullable String text) {
    try {
      return Math.clamp(Long.parseLong(Objects.requireNonNullElse(text, "0")), 0, LATEST);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static @Nullable String optional(Map<String, String> fields, String name) {
    String text = fields.get(name);
    return text == null || text.isBlank() ? null : storable(text, MAX_TEXT);
  }

  private static String textOf(
      Map<String, String> fields, String name, String otherwise, int longest) {
    String text = fields.get(name);
    return text == null || text.isBlank() ? otherwise : storable(text, longest);
  }

  /** Returns the beginning of a text on one line, as it can be stored and published. */
  static String storable(String text, int longest) {
    String beginning = StorableText.truncate(text, longest).replace('\0', '\uFFFD');
    // Half of a surrogate pair has no UTF-8 form, and becomes a question mark.
    return StorableText.oneLine(
        new String(beginning.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }
}
