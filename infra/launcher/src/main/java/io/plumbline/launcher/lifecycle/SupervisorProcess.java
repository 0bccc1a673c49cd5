package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.AotCache;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.SharedFolder;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts and runs the background process of the {@link Supervisor}, because the processes of the
 * commands end at once.
 */
public record SupervisorProcess(Platform platform) {

  /** Starts the process, and replaces one of an earlier build. */
  public void startInBackground() {
    Path jar = copyJar();
    Optional<ProcessHandle> running = platform.table().find(Platform.SUPERVISOR);
    if (running.isPresent() && runsFrom(running.get(), jar)) {
      return;
    }
    running.ifPresent(ChildProcess::stopWithoutDescendants);
    Layout layout = platform.layout();
    Process process =
        new ChildProcess(
                Platform.SUPERVISOR,
                List.of(
                    Jvm.javaExecutable(),
                    "-Xmx24m",
                    "-Xss256k",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseCompactObjectHeaders",
                    "-Dplumbline.root=" + layout.root(),
                    "-cp",
                    jar + ":" + layout.serverJars() + "/*",
                    "io.plumbline.launcher.Launcher",
                    Platform.SUPERVISOR),
                Map.of(),
                layout.home(),
                layout.log(Platform.SUPERVISOR))
            .start();
    platform.table().record(Platform.SUPERVISOR, process.pid());
  }

  /** Looks after the platform until the process is ended. */
  public void run() {
    new Supervisor(
            platform.asStarted().components(),
            platform.table(),
            new InstallationLock(platform.layout().lock()),
            Clock.tickSeconds(ZoneOffset.UTC),
            System.out)
        .run();
  }

  private static boolean runsFrom(ProcessHandle process, Path jar) {
    return process.info().commandLine().map(line -> line.contains(jar.toString())).orElse(true);
  }

  /**
   * Copies the launcher's jar to a file named after its content, and returns the copy, which the
   * supervisor runs from. The next build replaces the jar, and a JVM whose jar is replaced fails at
   * the next class that it needs.
   */
  private Path copyJar() {
    Layout layout = platform.layout();
    Path jar = layout.launcherTarget().resolve("launcher.jar");
    Path folder = layout.applicationBuilds("launcher");
    Path copy = folder.resolve(AotCache.digest(jar).substring(0, 16) + ".jar");
    new SharedFolder(folder, copy).makeUnlessComplete(() -> copyJar(jar, folder, copy));
    return copy;
  }

  private static void copyJar(Path jar, Path folder, Path copy) {
    try {
      Files.createDirectories(folder);
      AotCache.deleteOtherVersions(folder, copy);
      Path fresh = copy.resolveSibling(copy.getFileName() + ".new");
      Files.copy(jar, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LauncherException("Cannot copy " + jar + " to " + copy + ": " + e.getMessage(), e);
    }
  }
}
