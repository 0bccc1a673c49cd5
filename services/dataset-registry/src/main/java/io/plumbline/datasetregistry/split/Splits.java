package io.plumbline.datasetregistry.split;

import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The repository of the splits of the caller's workspace. */
interface Splits extends Repository<Split, UUID> {

  Split saveAndFlush(Split split);

  Optional<Split> findByDatasetAndNumberAndId(String dataset, int number, UUID id);

  /**
   * Finds the oldest of the splits with a digest. Using a recipe twice gives two splits with one
   * digest and the same subsets.
   */
  Optional<Split> findFirstByDatasetAndNumberAndSplitDigestOrderById(
      String dataset, int number, Digest splitDigest);

  List<Split> findTop100ByDatasetAndNumberOrderByIdDesc(String dataset, int number);

  Optional<Split> findFirstByDatasetAndNumberAndStateOrderByIdDesc(
      String dataset, int number, Split.State state);
}
