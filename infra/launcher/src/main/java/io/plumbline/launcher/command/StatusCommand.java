package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.lifecycle.StatusReport;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

@Command(
    name = "status",
    description =
        "Show what runs, on which port and in how much memory; exit code 1 unless all is ready.")
final class StatusCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  StatusCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    return new StatusReport(platform.get(), System.out).print() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
