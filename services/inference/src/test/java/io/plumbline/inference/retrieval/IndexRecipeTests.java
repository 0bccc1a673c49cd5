package io.plumbline.inference.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.retrieval.chunk.Chunking;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IndexRecipeTests {

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

  /** Variants name indexes by it. */
  @Test
  void an_index_of_examples_keeps_the_digest_that_it_had_before_there_were_others() {
    assertThat(digest("train", 128, null).hex())
        .isEqualTo("a709b3a33255e164baedb8fc68dd3ee112b52a55dafa42ad819085af19d72764");
  }

  private static Digest digest(String subset, int maxTokens, @Nullable Chunking chunking) {
    return new IndexRecipe(
            Digest.ofText("rows"), subset, "m", Digest.ofText("encoder"), maxTokens, chunking)
        .digest();
  }
}
