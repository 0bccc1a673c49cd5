package io.plumbline.compliance.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests which changes a row of the ledger reveals by itself. */
class StoredEntryTests {

  private static final long INDEX = 21;

  private final TreeHasher hasher = new TreeHasher();
  private final EntryContent content =
      EntryContent.of(
          List.of(
              new EntryHeader("ce_id", bytes("1")),
              new EntryHeader("ce_source", bytes("/inference")),
              new EntryHeader("ce_type", bytes("t")),
              new EntryHeader("ce_subject", bytes("s"))),
          bytes("{}"));
  private final byte[] leaf = hasher.leaf(EntryContent.leafInput(INDEX, content.digest()));

  @Test
  void an_untouched_row_agrees_with_itself() {
    assertThat(rowFault(entry(INDEX, "s", content))).isEmpty();
  }

  @Test
  void a_changed_value_is_found() {
    EntryContent changed = new EntryContent(content.headers(), bytes("{\"a\":1}"));

    assertThat(rowFault(entry(INDEX, "s", changed)))
        .hasValueSatisfying(
            what -> assertThat(what).startsWith("its headers or value were changed"));
  }

  @Test
  void a_row_at_another_place_is_found() {
    StoredEntry moved = entry(INDEX + 1, "s", content);

    assertThat(rowFault(moved))
        .hasValueSatisfying(
            what -> assertThat(what).startsWith("its content was not recorded at this place"));
    assertThat(moved.isInPlace(hasher)).isFalse();
    assertThat(moved.matchesLeafAtOffset(hasher, -1)).isTrue();
    assertThat(moved.matchesLeafAtOffset(hasher, 1)).isFalse();
  }

  @Test
  void a_changed_column_is_found() {
    assertThat(rowFault(entry(INDEX, "harmless", content)))
        .hasValueSatisfying(
            what -> assertThat(what).startsWith("a column for look-ups was changed"));
  }

  @Test
  void the_first_row_was_signed_at_no_earlier_place() {
    assertThat(entry(0, "s", content).matchesLeafAtOffset(hasher, -1)).isFalse();
  }

  @Test
  void a_row_without_its_message_is_found() {
    StoredEntry empty = entry(INDEX, "", new EntryContent(new byte[0], null));

    assertThat(empty.hasContent()).isFalse();
    assertThat(rowFault(empty)).contains("its content was deleted");
  }

  private Optional<String> rowFault(StoredEntry entry) {
    return entry.rowFault(entry.isInPlace(hasher), Digest.sha256());
  }

  private StoredEntry entry(long index, String subject, EntryContent stored) {
    return new StoredEntry(
        index,
        "plumbline.inference",
        "inference",
        "1",
        "t",
        subject,
        null,
        content.digest(),
        leaf,
        stored);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
