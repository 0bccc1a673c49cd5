package io.plumbline.launcher.program;

import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.process.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A child JVM that shares the terminal; its exit code is the command's. */
record ForegroundJvm(Path directory, String classPath, String mainClass) {

  private static final int INTERRUPTED = 130;

  /** Runs the program to its end, and returns its exit code. */
  int run(List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of(Jvm.javaExecutable()));
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().putAll(environment);
    // When the program calls ./plumbline in turn, there is nothing left to build.
    builder.environment().put("PLUMBLINE_BUILT", "1");
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new LauncherException("Cannot start " + mainClass + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }
}
