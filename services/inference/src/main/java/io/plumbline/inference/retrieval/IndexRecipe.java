package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that decides what a search in an index finds: two builds of it are the same index,
 * although no two builds give the same bytes.
 *
 * @param rows the digest of the rows, in their order
 */
record IndexRecipe(
    Digest rows, String subset, String encoder, Digest encoderDigest, int maxTokens) {

  /** Changes with how rows are written to an index or ranked by it. */
  private static final String FORMAT = "BM25 and HNSW vectors, reciprocal rank fusion";

  static IndexRecipe of(IndexVersion index, Digest rows, Digest encoderDigest) {
    return new IndexRecipe(
        rows, index.subset(), index.encoder().id(), encoderDigest, index.maxTokens());
  }

  Digest digest() {
    return CanonicalJson.digest(described());
  }

  /** In the form of events. */
  Map<String, String> described() {
    Map<String, String> text = new TreeMap<>();
    text.put("rows", rows.hex());
    text.put("subset", subset);
    text.put("encoder", encoder);
    text.put("encoderDigest", encoderDigest.hex());
    text.put("maxTokens", Integer.toString(maxTokens));
    text.put("ranking", FORMAT);
    return text;
  }
}
