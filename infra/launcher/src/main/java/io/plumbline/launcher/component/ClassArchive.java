package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import io.plumbline.launcher.process.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of a server as its JVM maps them into memory, which makes its starts quicker (JEP
 * 310). A first run lists the classes that it loads, and the archive is made from the list in the
 * background. A JVM can also write an archive when it ends, but then ending takes many seconds.
 *
 * @param jars the server's class path
 * @param command starts the server with these further flags
 */
public record ClassArchive(String server, Path jars, Command command, Layout layout) {

  /** The command line of a server. */
  interface Command {
    List<String> with(List<String> flags);
  }

  private static final List<String> QUIET = List.of("-Xlog:cds=off", "-Xlog:aot=off");

  /**
   * Returns the server's command, with the archive if there is one, or with the list to make it
   * from.
   */
  List<String> startCommand() {
    try {
      Files.createDirectories(layout.applicationBuilds(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (Files.exists(archiveFile())) {
      return commandWith("-XX:SharedArchiveFile=" + archiveFile());
    }
    return command.with(List.of("-XX:DumpLoadedClassList=" + classList()));
  }

  private List<String> commandWith(String... flags) {
    return command.with(Stream.concat(Stream.of(flags), QUIET.stream()).toList());
  }

  /** Returns whether this server has been started, but its archive was not made yet. */
  public boolean isMissing() {
    return Files.exists(classList()) && !Files.exists(archiveFile());
  }

  /** Returns a run that makes the archive. */
  public ChildProcess dumpProcess() {
    return new ChildProcess(
        server + " archive",
        commandWith(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + classList(),
            "-XX:SharedArchiveFile=" + newArchiveFile()),
        Map.of(),
        layout.home(),
        layout.log(server + "-archive"));
  }

  /**
   * Makes the archive, unless another command does, and drops those that no process runs from.
   *
   * @param dump may yield to other processes, and then takes as long as the cores are busy
   */
  public void make(ChildProcess dump) {
    Path lock = layout.applicationBuilds(server).resolveSibling(server + ".lock");
    new InstallationLock(lock).tryRunLocked(() -> makeFrom(dump));
  }

  private void makeFrom(ChildProcess dump) {
    try {
      dump.run(Duration.ofHours(1));
      Files.move(newArchiveFile(), archiveFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LauncherException(
          "The classes of " + server + " were not archived." + Logs.lastLines(dump.log()), e);
    }
    AotCache.deleteOtherVersions(layout.applicationBuilds(server), archiveFile());
  }

  private Path newArchiveFile() {
    return archiveFile().resolveSibling(archiveFile().getFileName() + ".new");
  }

  /**
   * Returns the archive's file. Its name covers the jars' names, sizes and times, since the JVM
   * refuses an archive of other jars.
   */
  private Path archiveFile() {
    try (Stream<Path> files = Files.list(jars)) {
      String content =
          files
              .filter(Files::isRegularFile)
              .sorted()
              .map(ClassArchive::description)
              .collect(Collectors.joining("\n", Jvm.version(), ""));
      return layout
          .applicationBuilds(server)
          .resolve(Integer.toHexString(content.hashCode()) + ".jsa");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String description(Path jar) {
    try {
      return jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the list file. Each installation has its own, since two processes must not write to
   * one.
   */
  private Path classList() {
    return layout.home().resolve(server + ".classes");
  }
}
