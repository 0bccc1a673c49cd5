package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.retrieval.chunk.Chunker;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.platform.digest.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a search in an index finds. Two builds of one recipe are the same
 * index, although no two builds give the same bytes.
 *
 * @param split the split of the rows; equal documents of another dataset have another owner, and
 *     equal documents of another version have another admission
 * @param rows the digest of the rows, in their order
 * @param encoder the encoder's part of the recipe
 * @param chunking absent where items stay whole
 */
record IndexRecipe(
    Digest split,
    Digest rows,
    String subset,
    Map<String, String> encoder,
    int maxTokens,
    @Nullable Chunking chunking) {

  /** The version of how rows are written and ranked. Change it when either changes. */
  private static final String FORMAT = "BM25 and HNSW vectors, reciprocal rank fusion";

  /** The version of how passages are written and ranked, with title and headings. */
  private static final String FORMAT_OF_PASSAGES = FORMAT + " of 50 each, title and headings read";

  IndexRecipe {
    encoder = Map.copyOf(encoder);
  }

  static IndexRecipe of(IndexVersion index, Digest rows, Map<String, String> encoder) {
    return new IndexRecipe(
        index.split(), rows, index.subset(), encoder, index.maxTokens(), index.chunking());
  }

  Digest digest() {
    return CanonicalJson.digest(describe());
  }

  /** Returns the digest of how rows are indexed, whatever the rows are. */
  Digest methodDigest() {
    Map<String, String> method = describe();
    method.keySet().removeAll(List.of("rows", "split"));
    return CanonicalJson.digest(method);
  }

  /** Returns the recipe as texts by name, as events have it. */
  Map<String, String> describe() {
    Map<String, String> text = new TreeMap<>(encoder);
    text.put("rows", rows.hex());
    text.put("subset", subset);
    text.put("maxTokens", Integer.toString(maxTokens));
    if (chunking == null) {
      text.put("ranking", FORMAT);
    } else {
      text.put("split", split.hex());
      text.put("ranking", FORMAT_OF_PASSAGES);
      text.put("overlapTokens", Integer.toString(chunking.overlapTokens()));
      text.put("chunker", Chunker.VERSION);
    }
    return text;
  }
}
