package io.plumbline.datasetregistry;

import io.plumbline.datasetregistry.document.HostileDocuments;
import io.plumbline.datasetregistry.quality.HostileRows;
import io.plumbline.datasetregistry.upload.HostileUploads;
import io.plumbline.platform.test.hostile.HostileTexts;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostileTextTests {

  @Test
  void no_row_takes_the_time_or_the_memory_of_the_process()
      throws IOException, InterruptedException {
    HostileTexts.read(48, HostileRows.class);
  }

  @Test
  void no_upload_takes_the_time_or_the_memory_of_the_process()
      throws IOException, InterruptedException {
    HostileTexts.read(64, HostileUploads.class);
  }

  @Test
  void no_document_takes_the_time_or_the_memory_of_its_process()
      throws IOException, InterruptedException {
    HostileTexts.read(64, HostileDocuments.class);
  }
}
