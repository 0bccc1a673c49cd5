package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.contracts.Money;
import io.plumbline.platform.digest.InMemoryMerkleTree;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.ledger.HeadSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class VerifyReceiptTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RECORD = "{\"requestId\":\"r-2\",\"status\":\"OK\"}";

  private final TreeHasher hasher = new TreeHasher();
  private final LedgerKey key = LedgerKey.generate();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void a_receipt_is_verified_with_the_public_key_alone() throws IOException {
    assertThat(verify(document(), key)).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("Recorded in ledger entry 2, under the head over 5 entries", RECORD);
  }

  @Test
  void a_head_that_another_key_signed_is_refused() throws IOException {
    assertThat(verify(document(), LedgerKey.generate())).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("FLAW  the head is not signed with this key" + System.lineSeparator());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OK|ERROR|the record does not have the hash in the receipt",
        "\"index\":1,\"count\"|\"index\":0,\"count\"|does not lead to the root of its batch",
        "\"requests\":3|\"requests\":4|the ledger entry is not that of the batch",
        "\"errors\":0|\"errors\":1|the ledger entry was changed",
        "/inference|/strategy|the ledger entry was changed",
        "\"index\":2,\"type\"|\"index\":1,\"type\"|does not lead to the root of the head",
        "\"treeSize\":5|\"treeSize\":6|the head is not signed with this key"
      })
  void what_was_changed_is_named(String text, String other, String flaw) throws IOException {
    String changed = document().replace(text, other);

    assertThat(verify(changed, key)).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(flaw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{}", "no JSON", "[]", "{\"record\":\"{}\",\"index\":0}", "{\"receipt\":7}"})
  void what_is_no_receipt_is_not_verified_and_where_to_get_one_is_said(String content)
      throws IOException {
    assertThat(verify(content, key)).isEqualTo(2);
    assertThat(printed.toString(StandardCharsets.UTF_8).strip())
        .endsWith(
            "receipt.json is not the receipt of a request: give the file with receipt, entry, proof"
                + " and head that \"Download the receipt\" saves from the trace's page in the"
                + " portal.")
        .doesNotContain("\n");
  }

  @Test
  void without_a_key_nothing_is_verified() {
    assertThat(run("receipt.json")).isEqualTo(2);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Usage: verify-receipt");
  }

  /** Returns the document of the second of three records, in the third of five entries. */
  private String document() {
    InMemoryMerkleTree batch =
        new InMemoryMerkleTree(
            Stream.of("{}", RECORD, "[]")
                .map(text -> hasher.leaf(text.getBytes(StandardCharsets.UTF_8)))
                .toList());
    UsageReported event =
        new UsageReported(
            Instant.parse("2026-11-27T12:00:00Z"),
            "mail",
            null,
            "local/x",
            null,
            3,
            0,
            0,
            30,
            0,
            3,
            0,
            0,
            Money.usd("0.25"),
            Digest.ofRaw(batch.root()),
            3L);
    Map<String, String> headers =
        new TreeMap<>(Map.of("ce_source", "/inference", "ce_subject", "usage/b-1"));
    byte[] content =
        EntryContent.of(
                headers.entrySet().stream()
                    .map(each ->
                        new EntryHeader(
                            each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
                    .toList(),
                JSON.writeValueAsBytes(event))
            .digest();
    byte[] leaf = hasher.leaf(EntryContent.leafInput(2, content));
    InMemoryMerkleTree ledger =
        new InMemoryMerkleTree(
            Stream.of("0", "1", "", "3", "4")
                .map(text ->
                    text.isEmpty() ? leaf : hasher.leaf(text.getBytes(StandardCharsets.UTF_8)))
                .toList());
    ReceiptDocument document =
        new ReceiptDocument(
            new ReceiptDocument.Receipt(
                RECORD,
                Digest.ofRaw(hasher.leaf(RECORD.getBytes(StandardCharsets.UTF_8))),
                1,
                3,
                digests(batch.inclusionProof(1)),
                Digest.ofRaw(batch.root()),
                "usage.reported",
                "usage/b-1"),
            new ReceiptDocument.Entry(
                2,
                "usage.reported",
                "usage/b-1",
                Digest.ofRaw(leaf),
                Digest.ofRaw(content),
                headers,
                JSON.valueToTree(event)),
            new ReceiptDocument.Proof(digests(ledger.inclusionProof(2))),
            key.sign(
                HeadSignature.FIRST_ORIGIN,
                5,
                Digest.ofRaw(ledger.root()),
                Instant.parse("2026-11-27T12:02:00Z")));
    return JSON.writeValueAsString(document);
  }

  private static List<Digest> digests(List<byte[]> path) {
    return path.stream().map(Digest::ofRaw).toList();
  }

  private int verify(String document, LedgerKey trusted) throws IOException {
    Path receipt = Files.writeString(folder.resolve("receipt.json"), document);
    Path file = Files.writeString(folder.resolve("key.pub"), trusted.publicKeyText());
    return run(receipt.toString(), file.toString());
  }

  private int run(String... arguments) {
    return new VerifyReceipt(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(arguments);
  }
}
