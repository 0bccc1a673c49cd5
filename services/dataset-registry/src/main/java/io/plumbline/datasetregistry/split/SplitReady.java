package io.plumbline.datasetregistry.split;

/** A split of a version became READY, in the transaction that published it. */
public record SplitReady(String dataset, int number) {}
