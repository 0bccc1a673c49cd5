package io.plumbline.compliance.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the bytes that the ledger hashes, as docs/services/compliance.md specifies them. */
class EntryContentTests {

  private static final EntryHeader A = header("a", "1");
  private static final EntryHeader B = new EntryHeader("b", null);

  /** The encoding of two headers: "a", of 1 byte, with the value "1", and "b" without a value. */
  private static final String HEADERS_BLOCK =
      "00000002" + "00000001" + "61" + "00000001" + "31" + "00000001" + "62" + "ffffffff";

  @Test
  void headers_are_encoded_by_number_lengths_and_bytes_sorted_by_name() {
    assertThat(hex(EntryContent.of(List.of(B, A), null).headers())).isEqualTo(HEADERS_BLOCK);
  }

  @Test
  void the_digest_covers_headers_length_and_value() {
    byte[] preimage = HexFormat.of().parseHex(HEADERS_BLOCK + "0000000000000002" + "7b7d");

    assertThat(hex(EntryContent.of(List.of(A, B), bytes("{}")).digest()))
        .isEqualTo(Digest.of(preimage).hex());
  }

  @Test
  void no_value_is_another_content_than_an_empty_one() {
    byte[] absent = HexFormat.of().parseHex(HEADERS_BLOCK + "ffffffffffffffff");

    assertThat(hex(EntryContent.of(List.of(A, B), null).digest()))
        .isEqualTo(Digest.of(absent).hex())
        .isNotEqualTo(hex(EntryContent.of(List.of(A, B), new byte[0]).digest()));
  }

  @Test
  void headers_of_one_name_keep_their_order() {
    assertThat(
            EntryContent.of(List.of(header("x", "2"), header("x", "1")), null)
                .decodeHeaders()
                .stream()
                .map(header -> text(header.value())))
        .containsExactly("2", "1");
  }

  @Test
  void what_was_encoded_is_decoded() {
    List<EntryHeader> decoded = EntryContent.of(List.of(B, A), bytes("{}")).decodeHeaders();

    assertThat(decoded).extracting(EntryHeader::name).containsExactly("a", "b");
    assertThat(decoded.getFirst().value()).isEqualTo(bytes("1"));
    assertThat(decoded.getLast().value()).isNull();
  }

  @Test
  void a_further_header_leaves_the_rest_as_it_is() {
    EntryContent content = EntryContent.of(List.of(A), bytes("{}")).withHeader(header("z", "9"));

    assertThat(content.decodeHeaders()).extracting(EntryHeader::name).containsExactly("a", "z");
    assertThat(content.value()).isEqualTo(bytes("{}"));
  }

  @Test
  void bytes_that_are_no_encoding_are_reported() {
    assertThatThrownBy(() -> new EntryContent(new byte[] {0, 0, 0, 9}, null).decodeHeaders())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The headers are not encoded as the ledger encodes them");
  }

  /** The input of the leaf is the 64-bit index followed by the content digest. */
  @Test
  void a_leaf_is_bound_to_its_place() {
    assertThat(hex(EntryContent.leafInput(258, bytes("digest"))))
        .isEqualTo("0000000000000102" + hex(bytes("digest")));
  }

  private static EntryHeader header(String name, String value) {
    return new EntryHeader(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte @Nullable [] bytes) {
    return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
