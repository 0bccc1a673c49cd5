package io.plumbline.evaluation.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.digest.TreeHasher;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class OutputMerkleTreeTests {

  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final RunItem ITEM =
      item("spam", 12.5, new BigDecimal("0.0000120"), Digest.ofText("output"), "4bf92f35");

  private static RunItem item(
      @Nullable String prediction,
      double latency,
      @Nullable BigDecimal cost,
      @Nullable Digest output,
      @Nullable String trace) {
    return item(prediction, latency, cost, output, trace, Map.of());
  }

  private static RunItem item(
      @Nullable String prediction,
      double latency,
      @Nullable BigDecimal cost,
      @Nullable Digest output,
      @Nullable String trace,
      Map<String, JudgeCall> judged) {
    return new RunItem(
        0,
        "i0",
        Perturbation.NONE,
        "spam",
        Digest.ofText("request"),
        output != null,
        prediction,
        Map.of(),
        judged,
        List.of(),
        false,
        null,
        output == null ? "503 busy" : null,
        latency,
        0.75,
        cost,
        false,
        output,
        trace,
        null,
        null,
        null);
  }

  private static Digest root(byte[] salt, RunItem... items) {
    OutputMerkleTree tree = new OutputMerkleTree();
    List.of(items).forEach(item -> tree.add(item, salt));
    return tree.root();
  }

  @Test
  void a_leaf_is_the_hash_of_salt_and_canonical_json() {
    String json =
        """
        {"ordinal": 0, "itemId": "i0", "perturbation": "NONE", "label": "spam", "requestDigest": "%s", "answered": true,
         "latencyMillis": 12.5, "overheadMillis": 0.75, "costUsd": "0.000012", "reused": false, "outputDigest": "%s",
         "traceId": "4bf92f35"}
        """
            .formatted(Digest.ofText("request"), Digest.ofText("output"));
    byte[] content = CanonicalJson.bytes(JsonMapper.shared().readTree(json));
    byte[] leaf = new byte[SALT.length + content.length];
    System.arraycopy(SALT, 0, leaf, 0, SALT.length);
    System.arraycopy(content, 0, leaf, SALT.length, content.length);

    assertThat(root(SALT, ITEM)).isEqualTo(Digest.ofRaw(new TreeHasher().leaf(leaf)));
  }

  static Stream<RunItem> changed() {
    return Stream.of(
        item("spam", 12.5, new BigDecimal("0.000012"), Digest.ofText("another"), "4bf92f35"),
        item("spam", 12.6, new BigDecimal("0.000012"), Digest.ofText("output"), "4bf92f35"),
        item("spam", 12.5, null, Digest.ofText("output"), "4bf92f35"),
        item("spam", 12.5, new BigDecimal("0.000012"), Digest.ofText("output"), null),
        item(null, 12.5, null, null, null));
  }

  @ParameterizedTest
  @MethodSource("changed")
  void whatever_was_answered_otherwise_changes_the_root(RunItem other) {
    assertThat(root(SALT, ITEM, other)).isNotEqualTo(root(SALT, ITEM, ITEM));
  }

  private static RunItem judged(@Nullable String reply, @Nullable String failure, String cost) {
    return item(
        "spam",
        12.5,
        new BigDecimal("0.0000120"),
        Digest.ofText("output"),
        "4bf92f35",
        Map.of(
            "clarity",
            new JudgeCall(
                Digest.ofText("asked"),
                reply == null ? null : Digest.ofText(reply),
                failure,
                null,
                1,
                40,
                9,
                new BigDecimal(cost),
                null,
                false)));
  }

  @Test
  void what_a_judge_replied_and_cost_is_under_the_root() {
    Digest root = root(SALT, judged("reply", null, "0.001"));

    assertThat(root(SALT, ITEM)).isNotEqualTo(root);
    assertThat(root(SALT, judged("another", null, "0.001"))).isNotEqualTo(root);
    assertThat(root(SALT, judged("reply", null, "0.002"))).isNotEqualTo(root);
    assertThat(root(SALT, judged(null, "it was not available", "0.001"))).isNotEqualTo(root);
    assertThat(root(SALT, judged("reply", "read again", "0.00100"))).isEqualTo(root);
  }

  @Test
  void what_is_read_from_the_output_and_how_a_cost_is_written_do_not() {
    RunItem read =
        item("ham", 12.5, new BigDecimal("0.00001200"), Digest.ofText("output"), "4bf92f35");

    assertThat(root(SALT, read)).isEqualTo(root(SALT, ITEM));
  }

  @Test
  void the_root_says_nothing_without_the_salt() {
    assertThat(root(new byte[16], ITEM)).isNotEqualTo(root(SALT, ITEM));
  }
}
