package io.plumbline.inference.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TraceMigrationTests {

  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  /** Forbids a slow step: such a migration locks out the readers of a table with many traces. */
  @Test
  void no_migration_that_changes_the_table_of_traces_builds_an_index_of_it() throws IOException {
    List<String> changing;
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      changing =
          files
              .map(TraceMigrationTests::read)
              .filter(sql -> sql.contains("ALTER TABLE trace "))
              .toList();
    }

    assertThat(changing).isNotEmpty().noneMatch(sql -> sql.contains(" ON trace "));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
