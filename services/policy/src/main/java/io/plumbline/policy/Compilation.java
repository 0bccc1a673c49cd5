package io.plumbline.policy;

import java.util.List;

/** The result of compiling a policy's source. */
public sealed interface Compilation {

  record Compiled(Policy policy) implements Compilation {}

  /**
   * A source that cannot be activated.
   *
   * @param flaws everything that is wrong with the source; at least one
   */
  record Invalid(List<PolicyFlaw> flaws) implements Compilation {}
}
