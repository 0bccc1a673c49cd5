package io.plumbline.inference.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.retrieval.chunk.Chunking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IndexRecipeTests {

  private static final Map<String, String> LOCAL =
      Map.of("encoder", "m", "encoderDigest", Digest.ofText("encoder").hex());

  @Test
  void how_documents_are_divided_is_part_of_the_digest() {
    assertThat(
            List.of(
                digest("train", 128, null),
                digest("train", 256, null),
                digest("documents", 256, new Chunking(256, 32)),
                digest("documents", 256, new Chunking(256, 16)),
                digest("documents", 128, new Chunking(128, 16))))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_connection_of_an_encoder_is_part_of_both_digests() {
    IndexRecipe local = recipe(LOCAL, "train", 128, null);
    IndexRecipe one = recipe(connected("one"), "train", 128, null);
    IndexRecipe other = recipe(connected("other"), "train", 128, null);

    assertThat(List.of(local.digest(), one.digest(), other.digest())).doesNotHaveDuplicates();
    assertThat(List.of(local.methodDigest(), one.methodDigest(), other.methodDigest()))
        .doesNotHaveDuplicates();
    assertThat(one.describe()).containsEntry("connection", Digest.ofText("one").hex());
  }

  /** Separates equal documents; otherwise their first indexer would own them, in refreshes too. */
  @Test
  void equal_documents_of_another_split_are_another_index_by_the_same_method() {
    Chunking chunking = new Chunking(256, 32);
    IndexRecipe own = recipe(LOCAL, "documents", 256, chunking);
    IndexRecipe shadow =
        new IndexRecipe(Digest.ofText("shadow"), own.rows(), "documents", LOCAL, 256, chunking);

    assertThat(shadow.digest()).isNotEqualTo(own.digest());
    assertThat(shadow.methodDigest()).isEqualTo(own.methodDigest());
  }

  private static Map<String, String> connected(String connection) {
    Map<String, String> encoder = new HashMap<>(LOCAL);
    encoder.put("connection", Digest.ofText(connection).hex());
    return encoder;
  }

  /** Keeps the digest, because variants name indexes by it. */
  @Test
  void an_index_of_examples_keeps_the_digest_that_it_had_before_there_were_others() {
    assertThat(digest("train", 128, null).hex())
        .isEqualTo("a709b3a33255e164baedb8fc68dd3ee112b52a55dafa42ad819085af19d72764");
  }

  private static Digest digest(String subset, int maxTokens, @Nullable Chunking chunking) {
    return recipe(LOCAL, subset, maxTokens, chunking).digest();
  }

  private static IndexRecipe recipe(
      Map<String, String> encoder, String subset, int maxTokens, @Nullable Chunking chunking) {
    return new IndexRecipe(
        Digest.ofText("split"), Digest.ofText("rows"), subset, encoder, maxTokens, chunking);
  }
}
