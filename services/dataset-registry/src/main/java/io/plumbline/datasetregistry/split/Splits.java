package io.plumbline.datasetregistry.split;

import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
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

  List<Split> findBySplitDigest(Digest splitDigest);

  /**
   * Returns the largest leakage of the newest READY split of a version and of each that something
   * was made of; 0 without a split.
   */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT coalesce(max(s.leakage), 0) FROM split s
          WHERE s.dataset = :dataset AND s.number = :number AND s.state = 'READY'
            AND (s.id = (SELECT n.id FROM split n
                WHERE n.dataset = :dataset AND n.number = :number AND n.state = 'READY' ORDER BY n.id DESC LIMIT 1)
              OR EXISTS (SELECT FROM lineage_edge e WHERE e.workspace_id = s.workspace_id
                AND e.source_kind = 'SUBSET' AND split_part(e.source_id, '/', 1) = s.split_digest))
          """)
  long findLeakage(String dataset, int number);
}
