package io.plumbline.datasetregistry.lineage;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetRowRead;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records who has read a row unmasked. */
@Component
class RowReadRecorder {

  private final Outbox outbox;

  RowReadRecorder(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Records a read. Call it before the row is shown, so that no read goes unrecorded. */
  @Transactional
  void recordRead(String dataset, int version, long row) {
    UUID read = Ids.next();
    outbox.append(
        new DatasetRowRead(read, dataset, version, row, Caller.current().actor()),
        "dataset-row/" + read,
        1);
  }
}
