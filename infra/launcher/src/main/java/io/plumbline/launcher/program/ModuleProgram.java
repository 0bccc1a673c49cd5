package io.plumbline.launcher.program;

import io.plumbline.launcher.component.AccessFile;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The main class of a module that is not part of the platform. */
public record ModuleProgram(Platform platform, String module, String mainClass) {

  public static ModuleProgram demo(Platform platform) {
    return new ModuleProgram(platform, "infra/demo", "io.plumbline.demo.Demo");
  }

  public static ModuleProgram bench(Platform platform) {
    return new ModuleProgram(platform, "infra/bench", "io.plumbline.bench.Bench");
  }

  public static ModuleProgram images(Platform platform) {
    return new ModuleProgram(platform, "infra/images", "io.plumbline.images.Images");
  }

  /** Runs the program with access to the platform, and returns its exit code. */
  public int run(List<String> arguments) {
    requireBuilt();
    AccessFile access = platform.accessFile();
    access.write();
    return run(arguments, Map.of(AccessFile.VARIABLE, access.file().toString()));
  }

  /** Runs a program that needs no platform, and returns its exit code. */
  public int runAlone(List<String> arguments) {
    requireBuilt();
    return run(arguments, Map.of());
  }

  private Path target() {
    return platform.layout().root().resolve(module).resolve("target");
  }

  private void requireBuilt() {
    if (!Files.isDirectory(target().resolve("classes"))) {
      throw new LauncherException(
          module + " is not built, so there is nothing to run: build it with `./plumbline up`.");
    }
  }

  private int run(List<String> arguments, Map<String, String> environment) {
    String classPath = target().resolve("classes") + ":" + target().resolve("lib") + "/*";
    return new ForegroundJvm(platform.layout().root(), classPath, mainClass)
        .run(arguments, environment);
  }
}
