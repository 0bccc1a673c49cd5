package io.plumbline.datasetregistry.datasheet;

import io.plumbline.datasetregistry.admission.AdmissionHistory;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetQueries;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.split.Split;
import io.plumbline.datasetregistry.split.SplitService;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Assembles datasheets from the records that the other modules keep about a version. */
@Service
class Datasheets {

  /** The number of decisions, and of earlier versions, that a datasheet lists at most. */
  private static final int MAX_LISTED = 100;

  private final DatasetCatalog catalog;
  private final DatasetQueries reads;
  private final SplitService splits;
  private final AdmissionHistory admissions;

  Datasheets(
      DatasetCatalog catalog,
      DatasetQueries reads,
      SplitService splits,
      AdmissionHistory admissions) {
    this.catalog = catalog;
    this.reads = reads;
    this.splits = splits;
    this.admissions = admissions;
  }

  @Transactional(readOnly = true)
  public Datasheet of(String dataset, int number) {
    DatasetVersion version = catalog.readyVersion(dataset, number);
    return new Datasheet(
        DatasetQueries.DatasetSummary.from(catalog.dataset(dataset)),
        reads.version(dataset, number),
        origins(version),
        splits.latestSplits(dataset, number).stream()
            .filter(split -> split.state() == Split.State.READY)
            .map(Datasheet.DatasheetSplit::from)
            .toList(),
        admissions.latestDecisions(dataset, number, MAX_LISTED),
        version.eventSubject());
  }

  private List<Datasheet.DatasheetOrigin> origins(DatasetVersion version) {
    List<Datasheet.DatasheetOrigin> origins = new ArrayList<>();
    Integer earlier = version.origin().derivedFrom();
    while (earlier != null && origins.size() < MAX_LISTED) {
      DatasetVersion origin = catalog.readyVersion(version.dataset(), earlier);
      origins.add(Datasheet.DatasheetOrigin.from(origin, catalog.reportOf(origin)));
      earlier = origin.origin().derivedFrom();
    }
    return origins;
  }
}
