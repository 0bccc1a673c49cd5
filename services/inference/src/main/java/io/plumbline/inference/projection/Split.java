package io.plumbline.inference.projection;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Map;

/**
 * A split, and the purposes that its dataset version is admitted to.
 *
 * @param version the version of the dataset
 * @param purposes the admitted purposes; empty while admission is undecided, and after a refusal
 * @param reasons the reasons of the admission decision
 */
public record Split(
    Digest digest,
    String dataset,
    int version,
    Map<String, Subset> subsets,
    List<String> purposes,
    List<String> reasons) {}
