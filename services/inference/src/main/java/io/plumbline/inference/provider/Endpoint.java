package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.platform.digest.CanonicalJson;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What decides which endpoint answers, and whether it answers in time.
 *
 * @param kind which protocol it speaks
 * @param baseUrl the part before {@code /chat/completions}, {@code /messages} or {@code /models}; a
 *     deployment is part of its path
 * @param apiVersion sent as {@code api-version}; absent for endpoints without one
 * @param deadline the longest time of a call in all, retries and the whole answer included; in
 *     whole seconds
 * @param responseFormats that it takes
 */
public record Endpoint(
    String kind,
    URI baseUrl,
    @Nullable String apiVersion,
    Duration deadline,
    ResponseFormats responseFormats) {

  /** As long as the clients of OpenAI wait by default. */
  public static final Duration DEADLINE = Duration.ofMinutes(10);

  /** The ends of a path that are operations, which are added to a base URL. */
  private static final Pattern OPERATION =
      Pattern.compile(
          "/(?:chat/completions|completions|embeddings|responses|messages|models/[^/]+:[A-Za-z]+)$",
          Pattern.CASE_INSENSITIVE);

  public Endpoint {
    baseUrl = normal(baseUrl);
  }

  /** An endpoint that takes what OpenAI's does. */
  public Endpoint(String kind, URI baseUrl, @Nullable String apiVersion, Duration deadline) {
    this(kind, baseUrl, apiVersion, deadline, ResponseFormats.JSON_SCHEMA);
  }

  /** The same address in one spelling: otherwise a slash would make another version. */
  private static URI normal(URI url) {
    String text = url.normalize().toString().replaceFirst("/+$", "");
    String authority = url.getRawAuthority();
    if (authority == null) {
      return URI.create(text);
    }
    int start = text.indexOf("//") + 2;
    return URI.create(
        text.substring(0, start)
            + authority.toLowerCase(Locale.ROOT)
            + text.substring(start + authority.length()));
  }

  /** The digest of the connection of a provider to this endpoint. */
  Digest digest(String provider) {
    Map<String, Object> content = new TreeMap<>();
    content.put("provider", provider);
    content.put("kind", kind);
    content.put("baseUrl", baseUrl.toString());
    if (apiVersion != null) {
      content.put("apiVersion", apiVersion);
    }
    content.put("deadlineSeconds", deadline.toSeconds());
    if (responseFormats != ResponseFormats.JSON_SCHEMA) {
      content.put("responseFormats", responseFormats.wire());
    }
    return CanonicalJson.digest(content);
  }

  /** Scheme, host and port: the part of the address that events may contain. */
  String origin() {
    return baseUrl.getScheme() + "://" + baseUrl.getRawAuthority();
  }

  /**
   * Returns the base URL without the operation that it ends in; empty where it ends in none.
   * Operations are added to it, so that one would be in the address twice.
   */
  public Optional<URI> withoutOperation() {
    String text = baseUrl.toString();
    String path = baseUrl.getRawPath();
    return Optional.ofNullable(path)
        .map(OPERATION::matcher)
        .filter(Matcher::find)
        .map(end -> URI.create(text.substring(0, text.length() - end.group().length())));
  }

  /** The protocol that it speaks. */
  public Protocol protocol() {
    return Protocol.of(kind);
  }

  /** The address of one operation. */
  URI at(String path) {
    return URI.create(baseUrl + path + (apiVersion == null ? "" : "?api-version=" + apiVersion));
  }
}
