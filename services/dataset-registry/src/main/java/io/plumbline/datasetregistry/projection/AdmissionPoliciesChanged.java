package io.plumbline.datasetregistry.projection;

/** The workspace's active admission policies changed, in the transaction that took the change. */
public record AdmissionPoliciesChanged() {}
