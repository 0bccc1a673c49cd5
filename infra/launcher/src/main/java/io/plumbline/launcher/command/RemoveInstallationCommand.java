package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Archives;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.lifecycle.Shutdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/**
 * The command that the end-to-end tests run before the first test and after the last. It is of no
 * use by hand.
 */
@Command(
    name = "remove",
    hidden = true,
    description = "Stop what the installation of the tests runs, and delete its state.")
final class RemoveInstallationCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Option(names = "--keep-logs", description = "Delete everything but the logs.")
  private boolean keepLogs;

  RemoveInstallationCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Platform here = platform.get();
    Layout layout = here.layout();
    if (layout.isMain()) {
      throw new LauncherException(
          "`remove` is for the installation of the tests. To start over with this one, delete "
              + layout.home()
              + " after `./plumbline down`.");
    }
    new Shutdown(here, System.out).stopAll();
    try {
      requireNothingRuns(layout);
      deleteState(layout);
    } catch (IOException e) {
      throw new LauncherException("Cannot delete " + layout.home() + ": " + e, e);
    }
    return ExitCode.OK;
  }

  /**
   * Refuses to delete anything while a process is left. A process that has ended left no file
   * behind.
   */
  private static void requireNothingRuns(Layout layout) throws IOException {
    List<String> left = fileNames(layout.processFolder());
    if (!left.isEmpty()) {
      throw new LauncherException(
          "Not everything has ended, so nothing is deleted: %s has %s."
              .formatted(layout.processFolder(), String.join(", ", left)));
    }
  }

  private void deleteState(Layout layout) throws IOException {
    for (String name : fileNames(layout.home())) {
      Path each = layout.home().resolve(name);
      if (!keepLogs || !each.equals(layout.logs())) {
        Archives.delete(each);
      }
    }
    if (!keepLogs) {
      Files.delete(layout.home());
    }
  }

  private static List<String> fileNames(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
