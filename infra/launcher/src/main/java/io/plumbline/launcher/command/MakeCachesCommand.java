package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.lifecycle.CacheMaker;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * The command that {@code up} starts in the background to make the caches. It is of no use by hand.
 */
@Command(
    name = Platform.CACHE_MAKER,
    hidden = true,
    description = "Make the ahead-of-time caches that are missing.")
final class MakeCachesCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  MakeCachesCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    new CacheMaker(platform.get()).run();
    return ExitCode.OK;
  }
}
