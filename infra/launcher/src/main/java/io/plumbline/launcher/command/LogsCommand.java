package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Show the last lines of the logs.")
final class LogsCommand implements Callable<Integer> {

  private static final int INTERRUPTED = 130;

  private final Supplier<Platform> platform;

  @Option(
      names = {"-f", "--follow"},
      description = "Print new lines as they are written, until Ctrl-C.")
  private boolean follow;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Only the logs of these processes.")
  private List<String> names = List.of();

  LogsCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Layout layout = platform.get().layout();
    List<Path> all = allLogs(layout);
    List<Path> files = names.isEmpty() ? all : names.stream().map(layout::log).toList();
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new LauncherException(
            "There is no log " + file + ". There are: " + String.join(", ", namesOf(all)) + ".");
      }
    }
    return files.isEmpty() ? ExitCode.OK : tail(files, layout);
  }

  private int tail(List<Path> files, Layout layout) {
    List<String> command = new ArrayList<>(List.of("tail", "-n", names.isEmpty() ? "10" : "100"));
    if (follow) {
      command.add("-F");
    }
    files.forEach(file -> command.add(file.toString()));
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new LauncherException(
          "Cannot run tail: " + e.getMessage() + ". The logs are in " + layout.logs() + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }

  private static List<String> namesOf(List<Path> files) {
    return files.stream()
        .map(file -> String.valueOf(file.getFileName()).replace(".log", ""))
        .toList();
  }

  private static List<Path> allLogs(Layout layout) {
    try (Stream<Path> files = Files.list(layout.logs())) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    } catch (IOException e) {
      throw new LauncherException("Cannot list " + layout.logs() + ": " + e.getMessage(), e);
    }
  }
}
