package io.plumbline.datasetregistry.ingest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The directory of uploads and rows that are not complete yet. What a killed process left there is
 * removed at the next start, once it is a day old.
 */
@Component
public class Spool {

  private static final String PREFIX = "plumbline-dataset-";
  private static final Duration MAX_AGE = Duration.ofDays(1);

  private final Path directory;

  Spool(
      @Value("${plumbline.uploads.spool-directory:${java.io.tmpdir}}") Path directory, Clock clock)
      throws IOException {
    this.directory = Files.createDirectories(directory);
    Instant old = clock.instant().minus(MAX_AGE);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path file : left) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  public Path directory() {
    return directory;
  }

  public Path file() throws IOException {
    return Files.createTempFile(directory, PREFIX, ".tmp");
  }
}
