package io.plumbline.images;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of this machine that is run to its end. */
record ExternalProgram(List<String> command, Path directory) {

  /** Reads the standard output while the program runs. */
  interface Reader<T> {
    T read(InputStream output) throws IOException;
  }

  /** Runs the program and returns its standard output as text, without the last line break. */
  String run() {
    return run(output -> new String(output.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
  }

  /**
   * Runs the program, and passes on its standard output.
   *
   * @throws LauncherException if it cannot be started or fails, with what it wrote to standard
   *     error
   */
  <T> T run(Reader<T> reader) {
    String name = command.getFirst();
    try {
      Path errors = Files.createTempFile("plumbline-images", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        T result = reader.read(process.getInputStream());
        int exit = process.waitFor();
        if (exit != 0) {
          throw new LauncherException(
              "`%s` failed with exit code %d: %s"
                  .formatted(String.join(" ", command), exit, Files.readString(errors).strip()));
        }
        return result;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new LauncherException("Cannot run " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("Interrupted while running " + name + ".", e);
    }
  }
}
