package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.component.Platform;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * The command that the script runs after a build, so that the first start has less to do. A start
 * unpacks too.
 */
@Command(
    name = "unpack",
    hidden = true,
    description = "Extract the built applications, and unpack the servers.")
final class UnpackCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  UnpackCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Platform here = platform.get();
    Stream.concat(here.foundations().stream(), here.dependents().stream())
        .parallel()
        .forEach(Component::unpack);
    return ExitCode.OK;
  }
}
