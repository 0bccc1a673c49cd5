package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.inference.retrieval.encoder.IndexEncoder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An index of one subset of a split, built once.
 *
 * @param maxTokens the number of tokens to which each text is cut before it is embedded
 * @param chunking how its documents are divided; absent where its items stay whole
 * @param digest the digest of its recipe, which has the rows and the encoder; absent until it is
 *     built
 * @param blob the files, whose bytes differ from build to build; absent until the index is built
 * @param failure why the index was not built; absent unless building failed or was cancelled
 * @param cancelled whether somebody cancelled the building
 * @param method the digest of how rows are indexed, whatever the rows; absent until it is built
 * @param dimensions the number of dimensions of its vectors; absent before the first vector
 * @param tokens the tokens that the provider of its encoder counted while it was built
 * @param cost the cost of these tokens; absent where no price was known
 */
record IndexVersion(
    UUID id,
    String name,
    Digest split,
    String subset,
    IndexEncoder encoder,
    int maxTokens,
    @Nullable Chunking chunking,
    UUID job,
    @Nullable Digest digest,
    @Nullable Digest blob,
    @Nullable Long passages,
    @Nullable String failure,
    boolean cancelled,
    String createdBy,
    Instant createdAt,
    @Nullable Digest method,
    @Nullable Integer dimensions,
    long tokens,
    @Nullable Money cost) {

  IndexMode mode() {
    return chunking == null ? IndexMode.EXAMPLES : IndexMode.PASSAGES;
  }
}
