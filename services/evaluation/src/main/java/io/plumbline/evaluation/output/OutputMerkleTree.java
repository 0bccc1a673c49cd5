package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.digest.TreeHasher;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a run's outputs: the root of a Merkle tree (RFC 6962, section 2.1) over its items
 * in the order of the suite's questions. The input of a leaf is the item's salt and its canonical
 * JSON. Because of the salt nobody can confirm a guessed answer by the root, and an answer can be
 * deleted together with its salt while the root remains.
 */
final class OutputMerkleTree {

  private final TreeHasher hasher = new TreeHasher();
  private final List<byte[]> leaves = new ArrayList<>();

  void add(RunItem item, byte[] salt) {
    byte[] content = CanonicalJson.bytes(digestedContent(item));
    byte[] leaf = new byte[salt.length + content.length];
    System.arraycopy(salt, 0, leaf, 0, salt.length);
    System.arraycopy(content, 0, leaf, salt.length, content.length);
    leaves.add(hasher.leaf(leaf));
  }

  Digest root() {
    return Digest.ofRaw(hasher.root(leaves));
  }

  /**
   * Returns the part of an item that its leaf covers. It leaves out what is read from the stored
   * output whenever the run is judged again.
   */
  private static Map<String, Object> digestedContent(RunItem item) {
    Map<String, Object> content = new TreeMap<>();
    content.put("ordinal", item.ordinal());
    content.put("itemId", item.itemId());
    content.put("perturbation", item.perturbation().name());
    content.put("requestDigest", item.requestDigest().hex());
    content.put("answered", item.answered());
    content.put("latencyMillis", item.latencyMillis());
    content.put("reused", item.reused());
    put(content, "label", item.label());
    Digest output = item.outputDigest();
    put(content, "outputDigest", output == null ? null : output.hex());
    put(content, "traceId", item.traceId());
    put(content, "answeredBy", item.answeredBy());
    put(content, "error", item.error());
    put(content, "overheadMillis", item.overheadMillis());
    BigDecimal cost = item.costUsd();
    put(content, "costUsd", cost == null ? null : plainText(cost));
    List<ModelUsage> usage = item.usage();
    if (usage != null) {
      content.put(
          "usage",
          usage.stream()
              .map(each ->
                  Map.of(
                      "model", each.model(),
                      "inputTokens", each.inputTokens(),
                      "cachedInputTokens", each.cachedInputTokens(),
                      "outputTokens", each.outputTokens()))
              .toList());
    }
    if (!item.judged().isEmpty()) {
      Map<String, Object> judged = new TreeMap<>();
      item.judged().forEach((scorer, call) -> judged.put(scorer, call.digestedContent()));
      content.put("judged", judged);
    }
    return content;
  }

  private static void put(Map<String, Object> content, String name, @Nullable Object value) {
    if (value != null) {
      content.put(name, value);
    }
  }

  static String plainText(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }
}
