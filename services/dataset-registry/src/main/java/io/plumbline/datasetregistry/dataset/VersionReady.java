package io.plumbline.datasetregistry.dataset;

/** The event that a version became READY. Listeners run in the transaction that published it. */
public record VersionReady(String dataset, int number, DatasetKind kind) {}
