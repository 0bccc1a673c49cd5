package io.plumbline.platform.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignedContentTests {

  private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);

  @Test
  void is_the_domain_then_headers_by_name_then_the_value_each_with_its_length() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_workspace", "é");
    headers.put("ce_id", "1");
    headers.put("ce_signature", "left out");

    assertThat(HexFormat.of().formatHex(SignedContent.of(headers, VALUE)))
        .isEqualTo(
            hex("plumbline.event.v1\n")
                + "00000002"
                + ("00000005" + hex("ce_id") + "00000001" + hex("1"))
                + ("0000000c" + hex("ce_workspace") + "00000002" + "c3a9")
                + ("00000002" + hex("{}")));
  }

  /** Two headers that run into each other, and a header that runs into the value. */
  @Test
  void what_moves_between_name_value_and_header_gives_other_bytes() {
    assertThat(
            Stream.of(
                    SignedContent.of(Map.of("ce_a", "b", "ce_c", "d"), VALUE),
                    SignedContent.of(Map.of("ce_a", "bce_c", "ce_cd", ""), VALUE),
                    SignedContent.of(Map.of("ce_ab", "", "ce_c", "d"), VALUE),
                    SignedContent.of(Map.of("ce_a", "b"), VALUE),
                    SignedContent.of(Map.of("ce_a", "b{}"), new byte[0]))
                .map(HexFormat.of()::formatHex))
        .doesNotHaveDuplicates();
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
