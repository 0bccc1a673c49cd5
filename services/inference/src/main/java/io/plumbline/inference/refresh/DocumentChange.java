package io.plumbline.inference.refresh;

import io.plumbline.contracts.Digest;

/**
 * The change that a refresh makes.
 *
 * @param dataset the dataset of documents of both indexes
 * @param formerVersion the version of the dataset in the former index
 * @param version the newer version of the dataset
 */
public record DocumentChange(
    Digest formerIndex, Digest index, String dataset, int formerVersion, int version) {}
