package io.plumbline.datasetregistry.dataset;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The versions of the caller's workspace. */
interface DatasetVersions extends Repository<DatasetVersion, UUID> {

  DatasetVersion saveAndFlush(DatasetVersion version);

  Optional<DatasetVersion> findByDatasetAndNumber(String dataset, int number);
}
