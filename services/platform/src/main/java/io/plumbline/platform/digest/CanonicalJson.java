package io.plumbline.platform.digest;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The canonical form of a JSON value (RFC 8785), over which every digest of structured content is
 * taken.
 */
public final class CanonicalJson {

  /**
   * NaN and the infinities are written as they are, which is no JSON: RFC 8785 wants them refused,
   * not turned into texts.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private CanonicalJson() {}

  /**
   * @param value anything Jackson writes as a JSON object or array
   * @throws UncheckedIOException when a number in it is none
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
