package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.lifecycle.SupervisorProcess;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command that {@code up} starts in the background to supervise. It is of no use by hand. */
@Command(
    name = Platform.SUPERVISOR,
    hidden = true,
    description = "Restart processes that die, until it is stopped.")
final class SuperviseCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  SuperviseCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    new SupervisorProcess(platform.get()).run();
    return ExitCode.OK;
  }
}
