package io.plumbline.datasetregistry.dataset;

/** A version became READY, in the transaction that published it. */
public record VersionReady(String dataset, int number, DatasetKind kind) {}
