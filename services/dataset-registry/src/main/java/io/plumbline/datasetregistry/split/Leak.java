package io.plumbline.datasetregistry.split;

/**
 * Two rows in different subsets with equal or nearly equal texts.
 *
 * @param kind EXACT: equal after normalisation; NEAR: near-duplicates, directly or by a chain
 * @param similarity estimated by MinHash; 1 for EXACT
 */
public record Leak(
    String kind,
    String leftSubset,
    String leftItemId,
    String rightSubset,
    String rightItemId,
    double similarity) {}
