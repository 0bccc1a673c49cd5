package io.plumbline.datasetregistry.dataset;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The repository of the dataset versions of the caller's workspace. */
interface DatasetVersions extends Repository<DatasetVersion, UUID> {

  DatasetVersion saveAndFlush(DatasetVersion version);

  Optional<DatasetVersion> findByDatasetAndNumber(String dataset, int number);

  List<DatasetVersion> findTop10ByDatasetAndDerivedFromAndStateOrderByNumberDesc(
      String dataset, int derivedFrom, DatasetVersion.State state);
}
