package io.plumbline.datasetregistry.split;

/**
 * Two rows in different parts that say the same.
 *
 * @param kind EXACT: equal after normalisation; NEAR: near-duplicates, directly or by a chain
 * @param similarity estimated by MinHash; 1 for EXACT
 */
public record Leak(
    String kind,
    String leftPart,
    String leftRow,
    String rightPart,
    String rightRow,
    double similarity) {}
