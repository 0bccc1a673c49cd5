package io.plumbline.inference.refresh;

import java.util.List;

/** The result of comparing two variants. */
public sealed interface Comparison {

  /** The documents are newer, and nothing else differs. */
  record Refreshed(DocumentChange change) implements Comparison {}

  /**
   * The documents are not newer, or something else differs.
   *
   * @param reasons why the variant is not a refresh, one line each
   */
  record NoRefresh(List<String> reasons) implements Comparison {

    public NoRefresh {
      reasons = List.copyOf(reasons);
    }
  }
}
