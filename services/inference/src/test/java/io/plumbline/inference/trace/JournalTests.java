package io.plumbline.inference.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.lifecycle.ProcessFolder;
import io.plumbline.platform.test.fault.TinyDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTests {

  private static final long PLENTY = 1L << 30;

  @TempDir Path directory;

  @Test
  void records_are_read_in_the_order_in_which_they_were_written() throws IOException {
    try (Journal journal = Journal.open(directory, PLENTY)) {
      append(journal, "one", "", "three");

      assertThat(journal.closedFiles()).as("it is written on").isEmpty();
      assertThat(journal.closeFile()).isTrue();
      assertThat(journal.closeFile()).as("nothing new").isFalse();
      append(journal, "four");
      journal.closeFile();

      assertThat(read(journal.closedFiles())).containsExactly("one", "", "three", "four");
    }
  }

  @Test
  void a_file_that_is_large_is_closed() throws IOException {
    byte[] large = new byte[Journal.SEGMENT / 4];
    try (Journal journal = Journal.open(directory, PLENTY)) {
      IntStream.range(0, 5).forEach(i -> journal.append(large));

      assertThat(journal.closedFiles()).hasSize(1);
      journal.closeFile();
      assertThat(journal.closedFiles()).hasSize(2);
      assertThat(read(journal.closedFiles())).hasSize(5);
    }
  }

  @Test
  void a_last_record_that_is_not_complete_is_none() throws IOException {
    Path file = written("one", "two");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      JournalSegment.Content content = JournalSegment.read(file);

      int first = JournalSegment.MARK.length + 8 + "one".length();
      assertThat(texts(content))
          .as("%d bytes", length)
          .isEqualTo(length < first ? List.of() : List.of("one"));
      assertThat(content.whole()).as("%d bytes", length).isTrue();
    }
  }

  @Test
  void a_record_that_changed_in_the_middle_ends_what_can_be_read() throws IOException {
    Path file = written("one", "two", "three");
    byte[] content = Files.readAllBytes(file);
    content[JournalSegment.MARK.length + 8 + 3 + 8] ^= 1;
    Files.write(file, content);

    assertThat(texts(JournalSegment.read(file))).containsExactly("one");
    assertThat(JournalSegment.read(file).whole()).isFalse();
  }

  @Test
  void a_file_of_something_else_is_not_read() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "something else entirely");

    assertThat(JournalSegment.read(file).records()).isEmpty();
    assertThat(JournalSegment.read(file).whole()).isFalse();
  }

  @Test
  void a_journal_that_is_full_takes_no_new_calls_and_those_under_way_are_recorded()
      throws IOException {
    try (Journal journal = Journal.open(directory, 100)) {
      journal.requireRoom();
      journal.append(new byte[100]);

      assertThatThrownBy(journal::requireRoom)
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("holds 0 MiB that the database did not take yet");
      append(journal, "under way");
      journal.closeFile();
      assertThat(read(journal.closedFiles())).hasSize(2);

      for (Path file : journal.closedFiles()) {
        journal.deleteShipped(file);
      }
      journal.requireRoom();
      assertThat(journal.waitingBytes()).isZero();
    }
  }

  @Test
  void a_disk_that_is_full_takes_no_new_calls_until_it_has_room() throws IOException {
    try (TinyDisk disk = TinyDisk.ofKilobytes(64);
        Journal journal = Journal.open(disk.directory(), PLENTY)) {
      Path filler = disk.directory().resolve("filler");
      append(journal, "before");
      Files.write(filler, new byte[40 * 1024]);
      byte[] large = new byte[30 * 1024];

      assertThatThrownBy(() -> journal.append(large)).isInstanceOf(JournalFailure.class);
      assertThatThrownBy(journal::requireRoom)
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("could not be written");

      Files.delete(filler);
      await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(journal::requireRoom);
      journal.append(large);
      append(journal, "after");
      journal.closeFile();
      List<String> read = read(journal.closedFiles());
      assertThat(read).hasSize(3).startsWith("before").endsWith("after");
    }
  }

  @Test
  void what_a_process_left_is_found_by_another_and_what_one_writes_is_not() throws IOException {
    Journal left = Journal.open(directory, PLENTY);
    append(left, "left");
    try (Journal journal = Journal.open(directory, PLENTY)) {
      append(journal, "own");
      assertThat(journal.abandonedFolders()).as("both are written").isEmpty();

      left.close();

      List<ProcessFolder> abandoned = journal.abandonedFolders();
      assertThat(abandoned).hasSize(1);
      try (ProcessFolder folder = abandoned.getFirst()) {
        assertThat(read(JournalSegment.filesIn(folder.path()))).containsExactly("left");
        assertThat(journal.abandonedFolders()).as("it is being shipped").isEmpty();
        for (Path file : JournalSegment.filesIn(folder.path())) {
          Files.delete(file);
        }
        folder.removeIfEmpty();
      }
      assertThat(directory.toFile().list()).as("folders").hasSize(1);
      assertThat(journal.abandonedFolders()).isEmpty();
    }
  }

  @Test
  void what_is_damaged_is_kept_where_nothing_ships_it() throws IOException {
    try (Journal journal = Journal.open(directory, PLENTY)) {
      append(journal, "one");
      journal.closeFile();
      Path file = journal.closedFiles().getFirst();

      journal.setAside(file);

      assertThat(journal.closedFiles()).isEmpty();
      assertThat(journal.waitingBytes()).isZero();
      assertThat(file.resolveSibling(file.getFileName() + ".damaged")).exists();
    }
  }

  private Path written(String... records) throws IOException {
    try (Journal journal = Journal.open(directory, PLENTY)) {
      append(journal, records);
      journal.closeFile();
      return Files.copy(journal.closedFiles().getFirst(), directory.resolve("copy"));
    }
  }

  private static void append(Journal journal, String... records) {
    for (String record : records) {
      journal.append(record.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> read(List<Path> files) throws IOException {
    List<String> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(texts(JournalSegment.read(file)));
    }
    return all;
  }

  private static List<String> texts(JournalSegment.Content content) {
    return content.records().stream()
        .map(record -> new String(record, StandardCharsets.UTF_8))
        .toList();
  }
}
