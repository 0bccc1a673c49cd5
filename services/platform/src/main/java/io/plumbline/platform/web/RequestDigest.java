package io.plumbline.platform.web;

import io.plumbline.contracts.Digest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A digest of a request by which two requests are compared: method, path, query and body. The order
 * of parameters and members and white space do not count (RFC 8259, section 4).
 *
 * <p>Numbers are compared as they are written, since RFC 8785 would treat two seeds beyond
 * 2<sup>53</sup> as one.
 */
final class RequestDigest {

  private RequestDigest() {}

  static byte[] of(HttpServletRequest request, byte[] body, JsonMapper json) {
    MessageDigest digest = Digest.sha256();
    digest.update(
        (request.getMethod() + " " + request.getRequestURI() + "\n")
            .getBytes(StandardCharsets.UTF_8));
    digest.update(json.writeValueAsBytes(new TreeMap<>(request.getParameterMap())));
    return digest.digest(canonical(body, json));
  }

  /**
   * Returns the canonical form of a body. A body that is not JSON is returned unchanged, since no
   * handler will accept it.
   */
  private static byte[] canonical(byte[] body, JsonMapper json) {
    try {
      JsonNode tree =
          json.reader()
              .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
              .readTree(body);
      return json.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED).writeValueAsBytes(tree);
    } catch (JacksonException malformed) {
      return body;
    }
  }
}
