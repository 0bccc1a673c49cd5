package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.digest.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that proves one request, as the portal offers it for download: the receipt, the ledger
 * entry with the root of its batch, and the proof from this entry to a signed head.
 */
record ReceiptDocument(Receipt receipt, Entry entry, Proof proof, SignedHead head) {

  /** The receipt as inference returns it. */
  record Receipt(
      String record,
      Digest leafHash,
      long index,
      long count,
      List<Digest> path,
      Digest root,
      String eventType,
      String eventSubject) {}

  /** The ledger entry as the audit shows it. */
  record Entry(
      long index,
      String type,
      String object,
      Digest leafHash,
      Digest contentDigest,
      Map<String, String> attributes,
      JsonNode payload) {}

  /** The proof from the entry to the root of the tree that the head covers. */
  record Proof(List<Digest> path) {}

  /**
   * Returns what is wrong with the document; an empty list if everything holds.
   *
   * @param key the public key of the ledger, from another source than the document
   */
  List<String> flaws(PublicKey key, JsonMapper json) {
    List<String> flaws = new ArrayList<>();
    TreeHasher hasher = new TreeHasher();
    byte[] record = hasher.leaf(receipt.record.getBytes(StandardCharsets.UTF_8));
    addFlawUnless(
        flaws,
        Digest.ofRaw(record).equals(receipt.leafHash),
        "the record does not have the hash in the receipt");
    addFlawUnless(
        flaws,
        isIncluded(receipt.index, receipt.count, record, receipt.path, receipt.root),
        "the record does not lead to the root of its batch");
    addFlawUnless(
        flaws,
        entry.type.equals(receipt.eventType)
            && entry.object.equals(receipt.eventSubject)
            && entry.payload.path("recordsRoot").asString("").equals(receipt.root.hex())
            && entry.payload.path("requests").asLong(-1) == receipt.count,
        "the ledger entry is not that of the batch, or has another root");
    byte[] content = content(json).digest();
    addFlawUnless(
        flaws,
        Digest.ofRaw(content).equals(entry.contentDigest)
            && "/inference".equals(entry.attributes.get("ce_source"))
            && receipt.eventSubject.equals(entry.attributes.get("ce_subject")),
        "the ledger entry was changed");
    byte[] leaf = hasher.leaf(EntryContent.leafInput(entry.index, content));
    addFlawUnless(
        flaws,
        isIncluded(entry.index, head.treeSize(), leaf, proof.path, head.root()),
        "the ledger entry does not lead to the root of the head");
    addFlawUnless(flaws, head.isSignedBy(key), "the head is not signed with this key");
    return List.copyOf(flaws);
  }

  /** Returns the content of the entry. Its payload is written without spaces, as it was sent. */
  private EntryContent content(JsonMapper json) {
    return EntryContent.of(
        entry.attributes.entrySet().stream()
            .map(each ->
                new EntryHeader(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
            .toList(),
        json.writeValueAsBytes(entry.payload));
  }

  private static boolean isIncluded(
      long index, long size, byte[] leaf, List<Digest> path, Digest root) {
    return ProofCheck.verifyInclusion(
        index, size, leaf, path.stream().map(Digest::bytes).toList(), root.bytes());
  }

  private static void addFlawUnless(List<String> flaws, boolean holds, String otherwise) {
    if (!holds) {
      flaws.add(otherwise);
    }
  }
}
