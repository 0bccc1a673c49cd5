package io.plumbline.launcher;

import io.plumbline.launcher.command.PlumblineCommand;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Installation;
import io.plumbline.launcher.installation.Layout;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Entry point of {@code ./plumbline}. Exit code 0: done; 1: failed, with the reason on standard
 * error; 2: the command line is not valid. Which installation of the source tree a command is about
 * comes from {@link Installation#VARIABLE}, which the programs that it starts inherit.
 */
public final class Launcher {

  private Launcher() {}

  /** Runs one command in the source tree that the system property {@code plumbline.root} names. */
  public static void main(String[] arguments) {
    System.exit(PlumblineCommand.commandLine(() -> Platform.at(layout())).execute(arguments));
  }

  private static Layout layout() {
    String variable = Optional.ofNullable(System.getenv(Installation.VARIABLE)).orElse("");
    return new Layout(
        Path.of(System.getProperty("plumbline.root", "")), Installation.named(variable));
  }
}
