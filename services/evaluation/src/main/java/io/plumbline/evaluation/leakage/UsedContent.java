package io.plumbline.evaluation.leakage;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.leakage.Leakage.Source;
import java.util.List;

/**
 * What a variant used, as digests of immutable content.
 *
 * @param rows the rows that trained its model, chose its checkpoint, or are in its index
 */
record UsedContent(Digest prompt, List<Rows> rows) {

  record Rows(Source source, Digest subset) {}
}
