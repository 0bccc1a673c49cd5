package io.plumbline.policy;

/**
 * A variable that the rules of a gate may use.
 *
 * @param name dotted, such as {@code dataset.rows}; one name, not a field of a map
 * @param meaning what the name does not say, such as the possible values; empty when there is
 *     nothing to add
 */
public record Variable(String name, VariableType type, String meaning) {

  Variable(String name, VariableType type) {
    this(name, type, "");
  }
}
