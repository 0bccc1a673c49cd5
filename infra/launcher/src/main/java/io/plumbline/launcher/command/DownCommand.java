package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.lifecycle.Shutdown;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

@Command(name = "down", description = "Stop what was started here, or only the named processes.")
final class DownCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "As `status` shows them.")
  private List<String> names = List.of();

  DownCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Platform here = platform.get();
    requireKnown(here);
    Shutdown shutdown = new Shutdown(here, System.out);
    int stopped = names.isEmpty() ? shutdown.stopAll() : shutdown.stop(names);
    System.out.println(resultText(stopped));
    return ExitCode.OK;
  }

  private static String resultText(int stopped) {
    return switch (stopped) {
      case 0 -> "Nothing was running.";
      case 1 -> "Stopped 1 process.";
      default -> "Stopped " + stopped + " processes.";
    };
  }

  private void requireKnown(Platform here) {
    List<String> known = here.components().stream().map(Component::name).toList();
    for (String name : names) {
      if (!known.contains(name) && !here.table().isRecorded(name)) {
        throw new LauncherException(
            "There is no process '"
                + name
                + "' here. There are: "
                + String.join(", ", known)
                + ".");
      }
    }
  }
}
