package io.plumbline.evaluation.suite;

import io.plumbline.evaluation.metric.Perturbation;

/** One question of a suite. */
public record SuiteItem(int ordinal, String itemId, Perturbation perturbation, String label) {}
