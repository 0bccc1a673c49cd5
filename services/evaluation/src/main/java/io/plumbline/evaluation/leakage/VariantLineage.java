package io.plumbline.evaluation.leakage;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.leakage.Leakage.Source;
import java.util.List;

/**
 * The content that a variant used, as digests.
 *
 * @param rows the rows that trained the variant's model, chose the checkpoint, or are in the index
 */
record VariantLineage(Digest prompt, List<Rows> rows) {

  /**
   * A subset whose rows were used.
   *
   * @param documents whether the rows are documents that questions are about, rather than rows of
   *     the same kind as the items
   */
  record Rows(Source source, Digest subset, boolean documents) {}
}
