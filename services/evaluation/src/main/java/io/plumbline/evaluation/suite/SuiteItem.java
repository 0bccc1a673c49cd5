package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;

/**
 * One question of a suite.
 *
 * @param content of the unperturbed input, as {@link ItemContents#digest} gives it, by which items
 *     are the same
 */
public record SuiteItem(
    int ordinal, String itemId, Perturbation perturbation, String label, Digest content) {}
