package io.plumbline.datasetregistry.resumable;

import io.plumbline.platform.blob.BlobParts;
import io.plumbline.platform.identity.Caller;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes expired uploads with their bytes, workspace by workspace. */
@Component
class UploadExpiry {

  private static final Logger log = LoggerFactory.getLogger(UploadExpiry.class);

  private final BlobParts parts;
  private final ResumableUploadService uploads;

  UploadExpiry(BlobParts parts, ResumableUploadService uploads) {
    this.parts = parts;
    this.uploads = uploads;
  }

  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
  void removeExpired() {
    for (UUID workspace : parts.workspaces()) {
      try {
        Caller.system(workspace).run(uploads::removeExpired);
      } catch (RuntimeException e) {
        log.warn(
            "The expired uploads of workspace {} could not be removed; tried again in an hour",
            workspace,
            e);
      }
    }
  }
}
