package io.plumbline.training.executor;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * The child process. It reads the assignment that its only argument names, and writes {@link
 * Report}s as JSON lines to standard output and errors to standard error. It uses no network
 * connection and no secret. It ends when its standard input ends, and so together with its parent.
 */
public final class TrainerMain {

  private static final int ORPHANED = 3;

  private TrainerMain() {}

  public static void main(String[] arguments) throws IOException {
    endWithParent(System.in);
    JsonMapper json = JsonMapper.builder().build();
    TrainerAssignment trainerAssignment =
        json.readValue(Path.of(arguments[0]).toFile(), TrainerAssignment.class);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    // Libraries may print to standard output, which must carry nothing but reports.
    System.setOut(System.err);
    HeadTrainingRun training =
        new HeadTrainingRun(
            trainerAssignment,
            trainerReport -> {
              out.println(json.writerFor(TrainerReport.class).writeValueAsString(trainerReport));
              out.flush();
            });
    try {
      training.run();
    } catch (UnusableData e) {
      out.println(
          json.writerFor(TrainerReport.class)
              .writeValueAsString(new TrainerReport.Refused(String.valueOf(e.getMessage()))));
      out.flush();
    }
  }

  private static void endWithParent(InputStream parent) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          try {
            while (parent.read() >= 0) {
              // Bytes are ignored; the loop waits for the end of the stream.
            }
          } catch (IOException e) {
            // A broken pipe means that the parent has ended, too.
          }
          Runtime.getRuntime().halt(ORPHANED);
        });
  }
}
