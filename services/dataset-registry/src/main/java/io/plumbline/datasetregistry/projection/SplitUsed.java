package io.plumbline.datasetregistry.projection;

import io.plumbline.contracts.Digest;

/**
 * The event that an object was made of a split. Listeners run in the transaction that stores it.
 */
public record SplitUsed(Digest split) {}
