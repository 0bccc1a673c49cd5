package io.plumbline.datasetregistry.split;

/** The event that a split became READY. Listeners run in the transaction that published it. */
public record SplitReady(String dataset, int number) {}
