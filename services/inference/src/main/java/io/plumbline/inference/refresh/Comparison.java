package io.plumbline.inference.refresh;

import java.util.List;

/** What a comparison of two variants says. */
public sealed interface Comparison {

  /** The documents are newer, and nothing else differs. */
  record Refreshed(DocumentChange change) implements Comparison {}

  /**
   * @param reasons why it is no refresh, one line each
   */
  record NoRefresh(List<String> reasons) implements Comparison {

    public NoRefresh {
      reasons = List.copyOf(reasons);
    }
  }
}
