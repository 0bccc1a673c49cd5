package io.plumbline.inference.refresh;

import io.plumbline.contracts.Digest;

/**
 * What a refresh changes.
 *
 * @param dataset the documents of both indexes
 * @param formerVersion of the dataset
 * @param version a newer one
 */
public record DocumentChange(
    Digest formerIndex, Digest index, String dataset, int formerVersion, int version) {}
