package io.plumbline.launcher.command;

import io.plumbline.launcher.component.ApplicationProcess;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

@Command(
    name = "environment",
    description = {
      "Print the environment variables of an application, to start it from an IDE instead.",
      "They contain passwords of this installation."
    })
final class EnvironmentCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Parameters(paramLabel = "NAME", description = "A service, or gateway.")
  private String name = "";

  EnvironmentCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    List<ApplicationProcess> applications = platform.get().applications();
    ApplicationProcess application =
        applications.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new LauncherException(
                    "There is no application '"
                        + name
                        + "' that has been built. There are: "
                        + String.join(
                            ", ", applications.stream().map(ApplicationProcess::name).toList())
                        + "."));
    application.environment().forEach((key, value) -> System.out.println(key + "=" + value));
    return ExitCode.OK;
  }
}
