package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.lifecycle.PlatformStart;
import io.plumbline.launcher.program.ModuleProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = "Start the platform and take real mail through all phases, by the public API.")
final class DemoCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write a report to this file.")
  private @Nullable Path json;

  DemoCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Platform here = platform.get();
    new PlatformStart(here, System.out).run();
    List<String> arguments = json == null ? List.of() : List.of("--json", json.toString());
    return ModuleProgram.demo(here).run(arguments);
  }
}
