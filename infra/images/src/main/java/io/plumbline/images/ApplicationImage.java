package io.plumbline.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.zip.ZipFile;

/**
 * Builds the image of one application. Its layers are, from the one that changes least: each large
 * library, the other libraries, Plumbline's own modules, the application. The same files on the
 * same base give the same digest.
 *
 * @param cache a folder for compressed layers, which several images may share
 */
record ApplicationImage(BaseImage base, Path cache) {

  /** The user that runs the application, unless the cluster chooses another. Its group is 0. */
  static final int USER = 10_001;

  /** Libraries from this size on have a layer each, which all images with the library share. */
  private static final long LARGE_BYTES = 8L << 20;

  private static final String FOLDER = "/app/";
  private static final String OPTIONS = "jvm.options";

  /** The options for any user: its home and the folder of unpacked native code are writable. */
  private static final String JVM_OPTIONS =
      """
      -Djava.io.tmpdir=/tmp
      -Duser.home=/tmp
      -XX:+ExitOnOutOfMemoryError
      --enable-native-access=ALL-UNNAMED
      """;

  /** Builds the image and writes it to an archive. */
  BuiltImage build(ApplicationFiles files, Path archive) throws IOException {
    Path work = Files.createTempDirectory(cache, files.name());
    Path options = Files.writeString(work.resolve(OPTIONS), JVM_OPTIONS);
    JibContainerBuilder image =
        base.newImage()
            .setFormat(ImageFormat.OCI)
            .setCreationTime(Instant.EPOCH)
            .setUser(USER + ":0")
            .setEntrypoint(
                "java", "@" + FOLDER + OPTIONS, "-jar", FOLDER + files.jar().getFileName())
            .setLabels(
                Map.of(
                    "org.opencontainers.image.title",
                    "plumbline/" + files.name(),
                    "org.opencontainers.image.version",
                    files.version()));
    for (FileEntriesLayer layer : layers(files, options)) {
      image.addFileEntriesLayer(layer);
    }
    String repository = "plumbline/" + files.name();
    Path made = work.resolve("image.tar");
    write(image, repository + ":" + files.version(), made);
    String digest =
        OciArchive.writeNamed(made, repository + ":" + files.version(), archive).digest();
    Files.delete(made);
    return new BuiltImage(repository, files.version(), digest);
  }

  private static List<FileEntriesLayer> layers(ApplicationFiles files, Path options)
      throws IOException {
    List<FileEntriesLayer> large = new ArrayList<>();
    FileEntriesLayer.Builder libraries = FileEntriesLayer.builder().setName("libraries");
    FileEntriesLayer.Builder modules = FileEntriesLayer.builder().setName("modules");
    for (Path library : files.libraries()) {
      String path = "lib/" + library.getFileName();
      if (Files.size(library) >= LARGE_BYTES) {
        large.add(add(FileEntriesLayer.builder().setName(path), library, path).build());
      } else {
        add(isOwn(library) ? modules : libraries, library, path);
      }
    }
    FileEntriesLayer.Builder application = FileEntriesLayer.builder().setName("application");
    add(application, options, OPTIONS);
    add(application, files.jar(), String.valueOf(files.jar().getFileName()));
    List<FileEntriesLayer> layers = new ArrayList<>(large);
    layers.addAll(List.of(libraries.build(), modules.build(), application.build()));
    layers.removeIf(layer -> layer.getEntries().isEmpty());
    return layers;
  }

  private static FileEntriesLayer.Builder add(
      FileEntriesLayer.Builder layer, Path file, String path) {
    return layer.addEntry(
        file, AbsoluteUnixPath.get(FOLDER + path), FilePermissions.fromOctalString("644"));
  }

  /** Returns whether a library is a module of Plumbline, by what Maven writes into its jar. */
  private static boolean isOwn(Path library) throws IOException {
    try (ZipFile jar = new ZipFile(library.toFile())) {
      return jar.stream()
          .anyMatch(entry -> entry.getName().startsWith("META-INF/maven/io.plumbline/"));
    }
  }

  private void write(JibContainerBuilder image, String name, Path archive) throws IOException {
    try {
      boolean local = base instanceof PinnedBase pinned && pinned.isLocal();
      image.containerize(
          Containerizer.to(TarImage.at(archive).named(name))
              .setBaseImageLayersCache(Files.createDirectories(cache.resolve("base")))
              .setApplicationLayersCache(Files.createDirectories(cache.resolve("layers")))
              .setAllowInsecureRegistries(local)
              .setToolName("plumbline"));
    } catch (RegistryException | ExecutionException e) {
      throw new LauncherException(
          "Cannot build %s on %s: %s".formatted(name, base.description(), cause(e).getMessage()),
          e);
    } catch (InvalidImageReferenceException | CacheDirectoryCreationException e) {
      throw new LauncherException("Cannot build " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("Interrupted while building " + name + ".", e);
    }
  }

  private static Throwable cause(Exception failure) {
    return failure.getCause() == null ? failure : failure.getCause();
  }
}
