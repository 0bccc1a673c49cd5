package io.plumbline.datasetregistry.dataset;

/**
 * The event that the description, licence or legal basis of a dataset has changed. Listeners run in
 * the transaction that changed it.
 */
public record DatasetUpdated(String dataset) {}
