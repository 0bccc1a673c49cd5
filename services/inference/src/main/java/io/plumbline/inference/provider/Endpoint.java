package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What decides which endpoint answers.
 *
 * @param baseUrl the part before {@code /chat/completions}; a deployment is part of its path
 * @param apiVersion sent as {@code api-version}; absent for endpoints without one
 */
public record Endpoint(String kind, URI baseUrl, @Nullable String apiVersion) {

  static final String OPENAI = "openai-compatible";

  public Endpoint {
    baseUrl = normal(baseUrl);
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
    return CanonicalJson.digest(content);
  }

  /** Scheme, host and port: the part of the address that events may contain. */
  String origin() {
    return baseUrl.getScheme() + "://" + baseUrl.getRawAuthority();
  }

  /** The address of one operation. */
  URI at(String path) {
    return URI.create(baseUrl + path + (apiVersion == null ? "" : "?api-version=" + apiVersion));
  }
}
