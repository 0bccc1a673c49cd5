package io.plumbline.inference.projection;

import io.plumbline.contracts.DatasetRegistryEvent.Part;
import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Map;

/**
 * A split, and what its dataset version is admitted to.
 *
 * @param purposes empty when nothing was decided, or refused
 */
public record Split(
    Digest digest,
    String dataset,
    Map<String, Part> parts,
    List<String> purposes,
    List<String> reasons) {}
