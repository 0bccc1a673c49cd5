package io.plumbline.datasetregistry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTests {

  @TempDir Path directory;

  @Test
  void what_a_killed_process_left_is_removed_at_the_next_start() throws IOException {
    Path left = Files.createDirectory(directory.resolve("plumbline-dataset-1"));
    Files.createFile(left.resolve("lock"));
    Files.writeString(left.resolve("upload.tmp"), "text,label\n");

    try (Spool spool = new Spool(directory)) {
      assertThat(entries()).containsExactly(spool.directory());
    }
  }

  @Test
  void what_another_process_is_writing_stays() throws IOException {
    try (Spool other = new Spool(directory)) {
      Path file = other.createFile();

      try (Spool spool = new Spool(directory)) {
        assertThat(file).exists();
        assertThat(entries()).containsExactlyInAnyOrder(other.directory(), spool.directory());
      }
    }
  }

  @Test
  void nothing_is_left_of_a_process_that_ends() throws IOException {
    Spool spool = new Spool(directory);
    spool.createFile();

    spool.close();

    assertThat(entries()).isEmpty();
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
