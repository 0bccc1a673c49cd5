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

  /** Runs the program to its end, and returns its exit code. */
  public int run(List<String> arguments) {
    Path root = platform.layout().root();
    Path target = root.resolve(module).resolve("target");
    if (!Files.isDirectory(target.resolve("classes"))) {
      throw new LauncherException(
          module + " is not built, so there is nothing to run: build it with `./plumbline up`.");
    }
    AccessFile access = platform.accessFile();
    access.write();
    String classPath = target.resolve("classes") + ":" + target.resolve("lib") + "/*";
    return new ForegroundJvm(root, classPath, mainClass)
        .run(arguments, Map.of(AccessFile.VARIABLE, access.file().toString()));
  }
}
