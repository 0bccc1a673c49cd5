package io.plumbline.datasetregistry.admission;

/**
 * One rule of a policy.
 *
 * @param expression CEL of type bool
 * @param message what to do when it does not hold
 */
record PolicyRule(String name, String expression, String message) {}
