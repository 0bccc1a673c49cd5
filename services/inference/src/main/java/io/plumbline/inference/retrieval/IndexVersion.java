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
 * @param maxTokens of each text that are embedded
 * @param chunking how its documents are divided; absent where its items stay whole
 * @param digest of what was indexed and how: rows, encoder and recipe; absent until it is built
 * @param blob the files, whose bytes differ from build to build; absent until it is built
 * @param failure why it was not built; absent unless building has failed or was cancelled
 * @param cancelled whether somebody ended it
 * @param method of how it was indexed, whatever the rows; absent until it is built
 * @param dimensions of its vectors; absent until the first are there
 * @param tokens that its encoder's provider counted for building it
 * @param cost of these; absent where no price was known
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
