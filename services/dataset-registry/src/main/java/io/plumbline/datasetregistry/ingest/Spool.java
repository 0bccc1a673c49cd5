package io.plumbline.datasetregistry.ingest;

import io.plumbline.platform.lifecycle.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The files of uploads and rows that are not complete yet. They are in a folder of this process. A
 * process that starts removes the folders of killed processes, but not those of other running
 * replicas on the same disk.
 */
@Component
public class Spool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final String PREFIX = "plumbline-dataset-";

  private final ProcessFolder folder;

  Spool(@Value("${plumbline.uploads.spool-directory:${java.io.tmpdir}}") Path directory)
      throws IOException {
    for (ProcessFolder left : ProcessFolder.lockAbandoned(directory, PREFIX)) {
      try (left) {
        left.remove();
      } catch (IOException e) {
        log.warn(
            "The spool folder {} of an earlier process could not be removed; the next start tries"
                + " again: {}",
            left.path(),
            e.toString());
      }
    }
    folder = ProcessFolder.create(directory, PREFIX);
  }

  public Path directory() {
    return folder.path();
  }

  public Path createFile() throws IOException {
    return Files.createTempFile(folder.path(), "", ".tmp");
  }

  @Override
  public void close() throws IOException {
    try (folder) {
      folder.remove();
    }
  }
}
