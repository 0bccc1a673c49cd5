package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.lifecycle.Foreground;
import io.plumbline.launcher.lifecycle.PlatformStart;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Build what changed, start what is not running and wait until all is ready.")
final class UpCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Option(
      names = "--foreground",
      description = "Stay until Ctrl-C, then stop what this command started.")
  private boolean foreground;

  UpCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Platform here = platform.get();
    List<String> started = new PlatformStart(here, System.out).run();
    if (foreground && !started.isEmpty()) {
      new Foreground(here, System.out).stay(started);
    }
    return ExitCode.OK;
  }
}
