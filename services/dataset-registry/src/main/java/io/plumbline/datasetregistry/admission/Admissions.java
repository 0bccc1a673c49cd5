package io.plumbline.datasetregistry.admission;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The admissions of the caller's workspace. */
interface Admissions extends Repository<Admission, UUID> {

  Admission saveAndFlush(Admission admission);

  Optional<Admission> findByDatasetAndNumber(String dataset, int number);

  List<Admission> findByDatasetOrderByNumber(String dataset);

  List<Admission> findAllByOrderByDatasetAscNumberAsc();
}
