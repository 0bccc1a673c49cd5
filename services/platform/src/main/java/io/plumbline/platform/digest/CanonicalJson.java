package io.plumbline.platform.digest;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON values in canonical form (RFC 8785), over which every digest of structured content is
 * computed.
 */
public final class CanonicalJson {

  /**
   * Writes NaN and the infinities as they are, which is not JSON and therefore fails later. RFC
   * 8785 requires that they are refused, not turned into strings.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private CanonicalJson() {}

  /**
   * Returns the canonical form of a value in UTF-8.
   *
   * @param value any value that Jackson writes as a JSON object or array
   * @throws UncheckedIOException when the value contains NaN or an infinity
   */
  public static byte[] bytes(Object value) {
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsBytes(value)).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Digest digest(Object value) {
    return Digest.of(bytes(value));
  }
}
