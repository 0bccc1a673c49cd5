package io.plumbline.inference.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.lifecycle.ProcessFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes (SIGKILL) that record and answer under load. */
class JournalKillTests {

  private static final int KILLS = Integer.getInteger("journal.kills", 6);
  private static final long SEED = Long.getLong("journal.seed", 20_261_127L);
  private static final int MAX_ANSWERS = 4_000;

  @TempDir Path directory;

  @Test
  void every_answered_request_is_read_again_exactly_once() throws Exception {
    Random random = new Random(SEED);
    Set<String> answered = new HashSet<>();
    List<String> recorded = new ArrayList<>();
    try (Journal reader = Journal.open(directory, 1L << 30)) {
      for (int kill = 0; kill < KILLS; kill++) {
        answered.addAll(answersUntilKilled(kill, 1 + random.nextInt(MAX_ANSWERS)));
        // Every other time the next process starts before the records of this one are read.
        if (kill % 2 == 1) {
          recorded.addAll(recover(reader));
        }
      }
      recorded.addAll(recover(reader));
    }

    System.out.printf(
        "%d kills, seed %d: %d answered, %d recorded%n",
        KILLS, SEED, answered.size(), recorded.size());
    assertThat(recorded).doesNotHaveDuplicates().containsAll(answered);
  }

  private Set<String> answersUntilKilled(int number, int answers) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JournalWriter.class.getName(),
                directory.toString(),
                Integer.toString(number),
                Long.toString(SEED + number))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<String> seen = new HashSet<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        seen.add(line);
        if (seen.size() == answers) {
          // A process that ended itself would close its output before the test has read all of it.
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(seen).as("answers of process %d", number).hasSizeGreaterThanOrEqualTo(answers);
    return seen;
  }

  /** Returns the ids of the requests that killed processes left in the journal. */
  private static List<String> recover(Journal reader) throws IOException {
    List<String> ids = new ArrayList<>();
    for (ProcessFolder folder : reader.abandonedFolders()) {
      try (folder) {
        for (Path file : JournalSegment.filesIn(folder.path())) {
          JournalSegment.Content content = JournalSegment.read(file);
          assertThat(content.whole()).isTrue();
          content
              .records()
              .forEach(
                  record -> ids.add(new String(record, StandardCharsets.UTF_8).split(" ", 2)[0]));
          Files.delete(file);
        }
        folder.removeIfEmpty();
      }
    }
    return ids;
  }
}
