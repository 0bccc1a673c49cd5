package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.platform.digest.CanonicalJson;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a provider: everything that decides which server answers, and whether it answers
 * in time.
 *
 * @param kind the kind of its protocol, one of {@link Protocol#KINDS}
 * @param baseUrl the part before {@code /chat/completions}, {@code /messages} or {@code /models}; a
 *     deployment is part of its path
 * @param apiVersion the version that is sent as {@code api-version}; absent for endpoints without
 *     one
 * @param deadline the maximum time of a call, including retries and the whole answer; in whole
 *     seconds
 * @param responseFormats the response formats that the endpoint takes
 * @param passedFields the fields beyond the OpenAI API that calls of its models without a variant
 *     may have; in the order of their names, on which the digest depends
 */
public record Endpoint(
    String kind,
    URI baseUrl,
    @Nullable String apiVersion,
    Duration deadline,
    ResponseFormats responseFormats,
    List<String> passedFields) {

  /** The default deadline, which is the default timeout of OpenAI's clients. */
  public static final Duration DEADLINE = Duration.ofMinutes(10);

  /** The ends of a path that are operations, which every call appends to the base URL. */
  private static final Pattern OPERATION =
      Pattern.compile(
          "/(?:chat/completions|completions|embeddings|responses|messages|models/[^/]+:[A-Za-z]+)$",
          Pattern.CASE_INSENSITIVE);

  /** A path that ends in a version, such as {@code /v1} or {@code /v1beta}. */
  private static final Pattern VERSIONED = Pattern.compile(".*/v\\d+\\w*");

  private static final Pattern VERSION_WITHIN = Pattern.compile("/v\\d+\\w*(?:/|$)");

  public Endpoint {
    baseUrl = normalised(baseUrl);
    passedFields = passedFields.stream().distinct().sorted().toList();
  }

  /** Creates an endpoint that takes the response formats and fields that OpenAI takes. */
  public Endpoint(String kind, URI baseUrl, @Nullable String apiVersion, Duration deadline) {
    this(kind, baseUrl, apiVersion, deadline, ResponseFormats.JSON_SCHEMA, List.of());
  }

  /**
   * Returns an address in its normal spelling, so that another spelling of the same address makes
   * no other version of a connection.
   */
  private static URI normalised(URI url) {
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

  /** Returns the port that is called. */
  int port() {
    if (baseUrl.getPort() >= 0) {
      return baseUrl.getPort();
    }
    return "https".equals(baseUrl.getScheme()) ? 443 : 80;
  }

  /** Returns the digest of the connection of a provider to this endpoint. */
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
      content.put("responseFormats", responseFormats.wireName());
    }
    if (!passedFields.isEmpty()) {
      content.put("passedFields", passedFields);
    }
    return CanonicalJson.digest(content);
  }

  /** Returns scheme, host and port: the part of the address that events may contain. */
  String origin() {
    return baseUrl.getScheme() + "://" + baseUrl.getRawAuthority();
  }

  /**
   * Returns the base URL without the operation that it ends in; empty where it ends in none. Every
   * call appends its operation to the base URL, so the address would have it twice.
   */
  public Optional<URI> baseUrlWithoutOperation() {
    String text = baseUrl.toString();
    String path = baseUrl.getRawPath();
    return Optional.ofNullable(path)
        .map(OPERATION::matcher)
        .filter(Matcher::find)
        .map(end -> URI.create(text.substring(0, text.length() - end.group().length())));
  }

  /**
   * Returns the version, such as {@code /v1}, in which the base URLs of this protocol usually end;
   * empty where the base URL ends in one.
   */
  public Optional<String> missingVersion() {
    if (VERSIONED.matcher(baseUrl.getPath()).matches()) {
      return Optional.empty();
    }
    return Optional.of(protocol().versionPath());
  }

  /** Returns whether the address names a version, anywhere in its path or in its query. */
  boolean isVersioned() {
    return apiVersion != null || VERSION_WITHIN.matcher(baseUrl.getPath()).find();
  }

  /** Returns the protocol of the endpoint. */
  public Protocol protocol() {
    return Protocol.of(kind);
  }

  /** Returns the address of an operation. */
  URI addressOf(String path) {
    return URI.create(baseUrl + path + (apiVersion == null ? "" : "?api-version=" + apiVersion));
  }
}
