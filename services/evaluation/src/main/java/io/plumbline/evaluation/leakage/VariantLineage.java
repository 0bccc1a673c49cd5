package io.plumbline.evaluation.leakage;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.leakage.Leakage.Source;
import java.util.List;

/**
 * What a variant used, as digests of immutable content.
 *
 * @param rows the rows that trained its model, chose its checkpoint, or are in its index
 */
record VariantLineage(Digest prompt, List<Rows> rows) {

  /**
   * @param documents whether its rows are documents, which questions are asked of, and not rows of
   *     the same kind as the items
   */
  record Rows(Source source, Digest subset, boolean documents) {}
}
