package io.plumbline.datasetregistry.projection;

/**
 * The event that the workspace's active admission policies have changed. Listeners run in the
 * transaction that stores the change.
 */
public record AdmissionPoliciesChanged() {}
