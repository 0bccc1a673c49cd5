package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.dataset.DatasetVersion;
import java.util.List;

/** Thrown when the rows of an ingest are refused. The reasons are stored with the version. */
@SuppressWarnings("serial") // never leaves the process
final class VersionRefused extends Exception {

  private final transient List<DatasetVersion.Fault> faults;

  VersionRefused(List<DatasetVersion.Fault> faults) {
    super(faults.getFirst().detail());
    this.faults = List.copyOf(faults);
  }

  List<DatasetVersion.Fault> faults() {
    return faults;
  }
}
