package io.plumbline.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFolderTests {

  private static final String PREFIX = "own-";

  @TempDir Path directory;

  @Test
  void what_a_killed_process_left_is_abandoned_and_can_be_removed() throws IOException {
    Path left = Files.createDirectory(directory.resolve("own-1"));
    Files.createFile(left.resolve("lock"));
    Files.writeString(left.resolve("upload.tmp"), "text,label\n");
    Path inside = Files.createDirectories(left.resolve("documents-1/pages"));
    Files.writeString(inside.resolve("page.tmp"), "text");

    try (ProcessFolder abandoned = abandoned().getFirst()) {
      assertThat(abandoned.path()).isEqualTo(left);
      abandoned.removeIfEmpty();
      assertThat(inside.resolve("page.tmp")).exists();
      abandoned.remove();
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_folder_of_a_running_process_is_not_abandoned_until_it_is_closed() throws IOException {
    ProcessFolder other = ProcessFolder.create(directory, PREFIX);
    try (ProcessFolder own = ProcessFolder.create(directory, PREFIX)) {
      assertThat(abandoned()).isEmpty();

      other.close();

      try (ProcessFolder abandoned = abandoned().getFirst()) {
        assertThat(abandoned.path()).isEqualTo(other.path()).isNotEqualTo(own.path());
        assertThat(abandoned()).as("it is locked again").isEmpty();
        abandoned.removeIfEmpty();
      }
      assertThat(entries()).containsExactly(own.path());
    }
  }

  @Test
  void a_folder_that_another_process_has_locked_is_not_abandoned() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Path folder = Path.of(Objects.requireNonNull(other.inputReader().readLine()));
      assertThat(abandoned()).isEmpty();

      other.destroyForcibly().waitFor();

      try (ProcessFolder abandoned = abandoned().getFirst()) {
        assertThat(abandoned.path()).isEqualTo(folder);
      }
    } finally {
      other.destroyForcibly();
    }
  }

  /** A process that owns a folder until it is killed. */
  static final class Owner {

    private Owner() {}

    public static void main(String[] args) throws Exception {
      System.out.println(ProcessFolder.create(Path.of(args[0]), PREFIX).path());
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void other_files_of_the_directory_are_not_abandoned() throws IOException {
    Files.createFile(directory.resolve("own-1.tmp"));
    Files.createDirectory(directory.resolve("own-2"));
    Path other = Files.createDirectory(directory.resolve("else"));
    Files.createFile(other.resolve("lock"));
    Files.createSymbolicLink(directory.resolve("own-3"), other);

    assertThat(abandoned()).isEmpty();
  }

  @Test
  void nothing_that_a_link_leads_to_is_removed() throws IOException {
    Path other = Files.createDirectory(directory.resolve("else"));
    Path file = Files.createFile(other.resolve("file"));
    try (ProcessFolder own = ProcessFolder.create(directory, PREFIX)) {
      Files.createSymbolicLink(own.path().resolve("link"), other);

      own.remove();
    }

    assertThat(entries()).containsExactly(other);
    assertThat(file).exists();
  }

  @Test
  void nothing_is_abandoned_in_a_directory_that_does_not_exist() throws IOException {
    assertThat(ProcessFolder.lockAbandoned(directory.resolve("none"), PREFIX)).isEmpty();
  }

  private List<ProcessFolder> abandoned() throws IOException {
    return ProcessFolder.lockAbandoned(directory, PREFIX);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
