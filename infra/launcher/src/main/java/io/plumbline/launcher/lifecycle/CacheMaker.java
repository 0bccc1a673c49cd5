package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.ApplicationProcess;
import io.plumbline.launcher.component.ClassArchive;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the AOT caches that are missing, one after the other, in a process of its own that takes
 * what the cores have left over, after the first start.
 */
public record CacheMaker(Platform platform) {

  public void startInBackground() {
    if ((platform.applications().stream().noneMatch(application -> application.cache().isMissing())
            && archives().noneMatch(ClassArchive::isMissing))
        || platform.table().find(Platform.CACHE_MAKER).isPresent()) {
      return;
    }
    Layout layout = platform.layout();
    Process process =
        new ChildProcess(
                Platform.CACHE_MAKER,
                List.of(
                    Jvm.javaExecutable(),
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dplumbline.root=" + layout.root(),
                    "-jar",
                    layout.launcherTarget().resolve("launcher.jar").toString(),
                    Platform.CACHE_MAKER),
                Map.of(),
                layout.home(),
                layout.log(Platform.CACHE_MAKER))
            .withLowPriority()
            .start();
    platform.table().record(Platform.CACHE_MAKER, process.pid());
  }

  /**
   * Makes the missing caches of the applications, then the missing class archives of the servers: a
   * cache saves the next start more time than an archive.
   */
  public void run() {
    for (ApplicationProcess application : platform.applications()) {
      if (application.cache().isMissing()) {
        makeFor(application);
      }
    }
    archives().filter(ClassArchive::isMissing).forEach(CacheMaker::make);
  }

  private Stream<ClassArchive> archives() {
    return platform.components().stream().flatMap(component -> component.classArchive().stream());
  }

  private static void make(ClassArchive archive) {
    try {
      archive.make(archive.dumpProcess().withLowPriority());
      System.out.println(archive.server() + ": classes archived");
    } catch (LauncherException noArchive) {
      System.out.println(
          noArchive.getMessage() + "\n" + archive.server() + " starts without an archive.");
    }
  }

  private static void makeFor(ApplicationProcess application) {
    try {
      application.cache().train(application.trainingProcess().withLowPriority());
      System.out.println(application.name() + ": cache made");
    } catch (LauncherException noCache) {
      System.out.println(
          noCache.getMessage() + "\n" + application.name() + " starts without a cache.");
    }
  }
}
