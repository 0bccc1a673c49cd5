package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Archives;
import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.SharedFolder;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import io.plumbline.launcher.process.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The extracted jar of an application, and the JVM's ahead-of-time cache for it (JEP 483, 514). The
 * folder is named after the jar's digest and the cache after the JVM and its flags, so neither can
 * be stale; the JVM ignores a cache that does not fit.
 */
public final class AotCache {

  private final Application application;
  private final Path jar;
  private final Layout layout;
  private final boolean ofRunning;

  private AotCache(Application application, Path jar, Layout layout, boolean ofRunning) {
    this.application = application;
    this.jar = jar;
    this.layout = layout;
    this.ofRunning = ofRunning;
  }

  /** Creates the cache of the jar as it is built now. */
  AotCache(Application application, Path jar, Layout layout) {
    this(application, jar, layout, false);
  }

  /**
   * Returns the cache of the build that the installation was started with, whatever was built
   * since, for example by its tests. If that build is gone, returns the cache of the jar.
   */
  static AotCache ofRunning(Application application, Path jar, Layout layout) {
    return new AotCache(application, jar, layout, true);
  }

  public Path extractedJar() {
    return buildFolder().resolve(application.name() + ".jar");
  }

  /** Returns the name of the jar's content. */
  String buildName() {
    return String.valueOf(buildFolder().getFileName());
  }

  List<String> cacheFlags() {
    return Files.exists(cacheFile())
        ? List.of("-XX:AOTCache=" + cacheFile(), "-Xlog:aot=off", "-Xlog:cds=off")
        : List.of();
  }

  /** Returns whether this build has been started, but not yet trained. */
  public boolean isMissing() {
    return Files.exists(extractedJar()) && !Files.exists(cacheFile());
  }

  String trainingFlag() {
    return "-XX:AOTCacheOutput=" + newCacheFile();
  }

  /** Extracts the jar, unless that is done. */
  public void extract() {
    new SharedFolder(buildsFolder(), extractedJar()).makeUnlessComplete(this::extractJar);
  }

  private void extractJar() {
    Path done = buildFolder();
    try {
      Path work = done.resolveSibling(done.getFileName() + ".new");
      Archives.delete(work);
      Files.createDirectories(work);
      Path copy = work.resolve(application.name() + ".jar");
      Files.copy(jar, copy);
      Path target = work.resolve("content");
      new ChildProcess(
              application.name() + " extraction",
              List.of(
                  Jvm.javaExecutable(),
                  "-XX:TieredStopAtLevel=1",
                  "-Djarmode=tools",
                  "-jar",
                  copy.toString(),
                  "extract",
                  "--destination",
                  target.toString()),
              Map.of(),
              work,
              layout.log(application.name()))
          .run(Duration.ofMinutes(1));
      Files.move(target, done, StandardCopyOption.ATOMIC_MOVE);
      Archives.delete(work);
    } catch (IOException e) {
      throw new LauncherException("Cannot extract " + jar + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes the installation run this build from now on, and deletes earlier builds that no process
   * runs from.
   */
  void activate() {
    if (ofRunning) {
      return;
    }
    try {
      Path used = layout.usedBuild(application.name());
      Files.createDirectories(Objects.requireNonNull(used.getParent()));
      Files.writeString(used, buildName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new SharedFolder(buildsFolder(), extractedJar())
        .runExclusively(() -> deleteOtherVersions(buildsFolder(), buildFolder()));
  }

  /** Deletes all versions of something except one and those that a process runs from. */
  public static void deleteOtherVersions(Path versions, Path current) {
    try (Stream<Path> all = Files.list(versions)) {
      for (Path version : all.filter(path -> !path.equals(current)).toList()) {
        if (!ChildProcess.anyRunsFrom(version)) {
          Archives.delete(version);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the cache from a training run, unless another command does. If that fails, the next start
   * is slow, and the cache is made again after it.
   *
   * @param training may be one that yields, and takes as long as the cores are busy
   */
  public void train(ChildProcess training) {
    Path lock = buildsFolder().resolveSibling(application.name() + ".training.lock");
    new InstallationLock(lock).tryRunLocked(() -> makeFrom(training));
  }

  private void makeFrom(ChildProcess training) {
    try {
      Files.deleteIfExists(newCacheFile());
      training.run(Duration.ofHours(1));
      Files.move(newCacheFile(), cacheFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LauncherException(
          "The training run of "
              + application.name()
              + " left no cache."
              + Logs.lastLines(training.log()),
          e);
    }
  }

  private Path buildFolder() {
    return usedByRunning().orElseGet(() -> buildsFolder().resolve(digest(jar).substring(0, 16)));
  }

  private Optional<Path> usedByRunning() {
    Path used = layout.usedBuild(application.name());
    try {
      if (!ofRunning || !Files.exists(used)) {
        return Optional.empty();
      }
      return Optional.of(buildsFolder().resolve(Files.readString(used))).filter(Files::isDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path buildsFolder() {
    return layout.applicationBuilds(application.name());
  }

  private Path cacheFile() {
    String flags = String.join(" ", Jvm.flags(application.heap(), !application.hot()));
    return buildFolder()
        .resolve(Jvm.version() + "-" + Integer.toHexString(flags.hashCode()) + ".aot");
  }

  private Path newCacheFile() {
    return cacheFile().resolveSibling(cacheFile().getFileName() + ".new");
  }

  /**
   * Returns a digest of the names, sizes and checksums of all entries of a jar. Reading the
   * contents would take longer than starting the jar.
   */
  public static String digest(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      zip.stream()
          .map(entry -> entry.getName() + " " + entry.getSize() + " " + entry.getCrc() + "\n")
          .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
