package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.program.ModuleProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * The command that runs a benchmark. It passes its arguments on; infra/bench describes the
 * benchmarks and their options.
 */
@Command(
    name = "bench",
    customSynopsis = "./plumbline bench NAME [OPTIONS]",
    description = "Run a benchmark of infra/bench; `./plumbline bench --help` lists them.")
final class BenchCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Unmatched private List<String> arguments = new ArrayList<>();

  BenchCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    return ModuleProgram.bench(platform.get()).run(arguments);
  }
}
