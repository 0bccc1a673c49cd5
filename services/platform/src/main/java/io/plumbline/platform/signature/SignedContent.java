package io.plumbline.platform.signature;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bytes that are signed for an event: its value and all headers of its envelope, the id of the
 * key included and only the signature left out.
 *
 * <pre>
 * "plumbline.event.v1" 0x0a      the domain: no signature for another purpose is one of an event
 * u32                            how many headers follow
 * for each header, by name:
 *   u32 name   u32 value         each with its length in front, both UTF-8
 * u32 value of the message
 * </pre>
 *
 * Numbers are unsigned and big-endian. Since every part has its length in front, different headers
 * and values never give the same bytes. A {@link CallStatement} has the same form with its fields
 * in place of the headers, an empty value, and the domain {@code plumbline.statement.v1}.
 */
final class SignedContent {

  private static final byte[] EVENT = "plumbline.event.v1\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STATEMENT =
      "plumbline.statement.v1\n".getBytes(StandardCharsets.US_ASCII);

  private SignedContent() {}

  static byte[] of(Map<String, String> headers, byte[] value) {
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.remove(SignatureHeaders.SIGNATURE);
    return bytes(EVENT, signed, value);
  }

  static byte[] ofStatement(Map<String, String> fields) {
    return bytes(STATEMENT, new TreeMap<>(fields), new byte[0]);
  }

  private static byte[] bytes(byte[] domain, SortedMap<String, String> parts, byte[] value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024 + value.length);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(domain);
      out.writeInt(parts.size());
      for (Map.Entry<String, String> part : parts.entrySet()) {
        write(out, part.getKey().getBytes(StandardCharsets.UTF_8));
        write(out, part.getValue().getBytes(StandardCharsets.UTF_8));
      }
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] part) throws IOException {
    out.writeInt(part.length);
    out.write(part);
  }
}
