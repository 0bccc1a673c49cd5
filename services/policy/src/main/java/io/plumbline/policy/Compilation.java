package io.plumbline.policy;

import java.util.List;

/** What became of a source. */
public sealed interface Compilation {

  record Compiled(Policy policy) implements Compilation {}

  /**
   * @param flaws all that were found, at least one
   */
  record Invalid(List<PolicyFlaw> flaws) implements Compilation {}
}
