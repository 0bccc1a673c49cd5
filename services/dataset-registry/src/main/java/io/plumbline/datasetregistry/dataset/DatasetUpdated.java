package io.plumbline.datasetregistry.dataset;

/** A dataset's description, licence or legal basis changed, in the transaction that changed it. */
public record DatasetUpdated(String dataset) {}
