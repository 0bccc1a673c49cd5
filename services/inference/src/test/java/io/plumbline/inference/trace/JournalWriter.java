package io.plumbline.inference.trace;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A process that records requests under load until it is killed, and answers each one after it was
 * recorded.
 */
final class JournalWriter {

  private static final int THREADS = 4;
  private static final int MAX_CHARACTERS = 4_000;

  private JournalWriter() {}

  /** Takes the directory of the journal, the number of this process, and a seed. */
  public static void main(String[] arguments) throws Exception {
    Journal journal = Journal.open(Path.of(arguments[0]), 1L << 30);
    OutputStream answers = new FileOutputStream(FileDescriptor.out);
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      Thread.ofPlatform().start(() -> requests(journal, answers, arguments, thread));
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void requests(
      Journal journal, OutputStream answers, String[] arguments, int thread) {
    RandomGenerator random = new Random(Long.parseLong(arguments[2]) + thread);
    for (int request = 0; ; request++) {
      String id = arguments[1] + "-" + thread + "-" + request;
      String content = id + " " + "x".repeat(random.nextInt(MAX_CHARACTERS));
      journal.append(content.getBytes(StandardCharsets.UTF_8));
      try {
        // Each line is one write, so that the lines of several threads do not mix.
        answers.write((id + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
