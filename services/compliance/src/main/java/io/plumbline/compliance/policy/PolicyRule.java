package io.plumbline.compliance.policy;

/**
 * One thing that must hold.
 *
 * @param name kebab-case, unique in its policy
 * @param expression CEL of type bool
 * @param message what to do when it does not hold
 */
record PolicyRule(String name, String expression, String message) {}
