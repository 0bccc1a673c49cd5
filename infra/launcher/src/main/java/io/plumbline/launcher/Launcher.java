package io.plumbline.launcher;

import io.plumbline.launcher.command.PlumblineCommand;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Layout;
import java.nio.file.Path;

/**
 * Entry point of {@code ./plumbline}. Exit code 0: done; 1: failed, with the reason on standard
 * error; 2: the command line is not valid.
 */
public final class Launcher {

  private Launcher() {}

  /** Runs one command in the source tree that the system property {@code plumbline.root} names. */
  public static void main(String[] arguments) {
    Layout layout = new Layout(Path.of(System.getProperty("plumbline.root", "")));
    System.exit(PlumblineCommand.commandLine(() -> Platform.at(layout)).execute(arguments));
  }
}
