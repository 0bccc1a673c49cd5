package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.PortOffset;
import io.plumbline.launcher.installation.ReplicaCount;
import io.plumbline.launcher.lifecycle.ForegroundSession;
import io.plumbline.launcher.lifecycle.PlatformStart;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
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

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = {
        "Run N of every application from now on, with the gateways' sessions in Redis.",
        "Without it the number stays as it is; at first it is 1."
      })
  private Optional<Integer> replicas = Optional.empty();

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      description = {
        "Listen on ports that are N above the usual ones, such as 2000, so that this checkout and",
        "another one can be up on the same machine. Before the first start only."
      })
  private Optional<Integer> portOffset = Optional.empty();

  UpCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Platform here = platform.get();
    portOffset.ifPresent(offset -> setPortOffset(here.layout(), offset));
    replicas.ifPresent(number -> setReplicas(here, number));
    List<String> started = new PlatformStart(here, System.out).run();
    if (foreground && !started.isEmpty()) {
      new ForegroundSession(here, System.out).stay(started);
    }
    return ExitCode.OK;
  }

  /**
   * Sets the offset, before the first start only: the realm that it imports has the gateway's
   * address.
   */
  private static void setPortOffset(Layout layout, int offset) {
    PortOffset.requireAllowed(offset);
    int now = layout.portOffset().get();
    if (now != offset && Files.exists(layout.main().data("postgresql"))) {
      throw new LauncherException(
          ("The ports of this installation are %d above the usual ones since its first start: to"
               + " change them delete %s after `./plumbline down`, and with it everything in it.")
              .formatted(now, layout.main().home()));
    }
    layout.portOffset().set(offset);
  }

  /**
   * Sets the number of replicas while nothing runs, because each application gets the addresses of
   * all others when it starts.
   */
  private static void setReplicas(Platform here, int number) {
    ReplicaCount.requireAllowed(number);
    ReplicaCount count = here.layout().replicaCount();
    if (count.get() != number
        && here.applicationNames().stream().anyMatch(here.table()::isRecorded)) {
      throw new LauncherException(
          "The platform runs with %d of every application: stop it first with `./plumbline down`."
              .formatted(count.get()));
    }
    count.set(number);
  }
}
