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
 * The command that builds container images. It passes its arguments on; infra/images describes the
 * options.
 */
@Command(
    name = "images",
    customSynopsis = "./plumbline images [OPTIONS] [APPLICATION...]",
    description =
        "Build container images, sign them and copy them; `./plumbline images --help` has options.")
final class ImagesCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Unmatched private List<String> arguments = new ArrayList<>();

  ImagesCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    return ModuleProgram.images(platform.get()).runAlone(arguments);
  }
}
