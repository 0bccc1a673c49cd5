package io.plumbline.platform.signature;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a service about a call that it makes to another one. It is signed for this one
 * call, so that it is valid for no other service, target, method, path or query, and for a minute
 * only. It says nothing about the body.
 *
 * @param workspace the workspace that the call is for
 * @param person the actor whose request this service is answering while it calls; null for work of
 *     the service itself
 * @param issuedAt the time of the call, in whole seconds
 */
public record CallStatement(UUID workspace, @Nullable String person, Instant issuedAt) {

  /** The header of a request that carries the signed statement. */
  public static final String HEADER = "Plumbline-Statement";

  /** The time for which a statement is believed. */
  public static final Duration LIFE = Duration.ofSeconds(60);

  /** The difference by which the clock of the called service may be behind the caller's. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

  /**
   * A call between two services.
   *
   * @param service the service that calls
   * @param target the service that is called
   * @param path the path and, behind a question mark, the query, both as they are sent
   */
  public record Call(String service, String target, String method, String path) {

    /**
     * Returns a path with its query, as a statement names them.
     *
     * @param query without the question mark; absent when there is none
     */
    public static String path(String path, @Nullable String query) {
      return query == null ? path : path + "?" + query;
    }
  }

  /** A statement with the signature that a header carries. */
  record Signed(CallStatement statement, String keyId, byte[] signature) {

    private static final Pattern FORM =
        Pattern.compile(
            "v1\\.(\\d{1,12})\\.([0-9a-f-]{36})\\.([\\w-]*)\\.([0-9a-f]{16})\\.([\\w-]{86})");

    /** Reads a header; empty if it has another form. */
    static Optional<Signed> parse(String header) {
      Matcher parts = FORM.matcher(header);
      if (!parts.matches()) {
        return Optional.empty();
      }
      try {
        Base64.Decoder base64 = Base64.getUrlDecoder();
        String person = new String(base64.decode(parts.group(3)), StandardCharsets.UTF_8);
        return Optional.of(
            new Signed(
                new CallStatement(
                    UUID.fromString(parts.group(2)),
                    person.isEmpty() ? null : person,
                    Instant.ofEpochSecond(Long.parseLong(parts.group(1)))),
                parts.group(4),
                base64.decode(parts.group(5))));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    String header() {
      Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
      String person = statement.person == null ? "" : statement.person;
      return "v1.%d.%s.%s.%s.%s"
          .formatted(
              statement.issuedAt.getEpochSecond(),
              statement.workspace,
              base64.encodeToString(person.getBytes(StandardCharsets.UTF_8)),
              keyId,
              base64.encodeToString(signature));
    }
  }

  /** Returns the bytes that are signed, in which every part of the call is included. */
  byte[] content(Call call, String keyId) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("service", call.service);
    fields.put("target", call.target);
    fields.put("method", call.method);
    fields.put("path", call.path);
    fields.put("workspace", workspace.toString());
    fields.put("issued-at", Long.toString(issuedAt.getEpochSecond()));
    fields.put("key-id", keyId);
    if (person != null) {
      fields.put("person", person);
    }
    return SignedContent.ofStatement(fields);
  }

  boolean isIssuedAround(Instant now) {
    return !now.isBefore(issuedAt.minus(CLOCK_TOLERANCE)) && now.isBefore(issuedAt.plus(LIFE));
  }
}
