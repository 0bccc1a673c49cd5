package io.plumbline.images;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import io.plumbline.images.DebianPackages.DebianPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A base that is made on this machine, where no image can be pulled: a few packages of Debian and a
 * linked Java. It has no shell and no package manager.
 *
 * @param archive in the format of {@code docker save}
 */
record LinkedBase(Path archive, List<BaseImage.Component> components) implements BaseImage {

  /** One layer of an archive: its file, and the digest of its tar. */
  private record Layer(Path file, String digest) {}

  /** Makes the base in an empty folder. */
  static LinkedBase make(Path folder) throws IOException {
    List<BaseImage.Component> components = new ArrayList<>();
    ReproducibleTar system = new ReproducibleTar();
    addSystemFiles(system);
    for (DebianPackage each :
        new DebianPackages(Files.createDirectories(folder.resolve("packages"))).download()) {
      DebianPackages.addTo(system, each);
      components.add(
          new BaseImage.Component(
              "library",
              each.name(),
              each.version(),
              DebianPackages.purl(each),
              Digests.hex(Digests.of(each.file()))));
    }
    JavaRuntime runtime = JavaRuntime.link(folder.resolve("java"));
    ReproducibleTar java = new ReproducibleTar();
    runtime.addTo(java);
    List<Layer> layers = List.of(layer(system, folder, "system"), layer(java, folder, "java"));
    components.add(runtime.component(layers.getLast().digest()));
    return new LinkedBase(writeArchive(layers, folder), components);
  }

  /** Makes a base with one layer. */
  static LinkedBase of(ReproducibleTar layer, List<BaseImage.Component> components, Path folder)
      throws IOException {
    return new LinkedBase(writeArchive(List.of(layer(layer, folder, "layer")), folder), components);
  }

  /** Adds what every system has: links of the merged /usr, accounts, the order of name lookups. */
  static void addSystemFiles(ReproducibleTar layer) {
    for (String folder : List.of("bin", "sbin", "lib", "lib64")) {
      layer.addDirectory("usr/" + folder, 0755);
      layer.addLink(folder, "usr/" + folder);
    }
    addText(
        layer,
        "etc/passwd",
        """
        root:x:0:0:root:/:/sbin/nologin
        plumbline:x:%d:0:Plumbline:/tmp:/sbin/nologin
        """
            .formatted(ApplicationImage.USER));
    addText(layer, "etc/group", "root:x:0:\n");
    addText(layer, "etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    layer.addDirectory("tmp", 01777);
  }

  private static void addText(ReproducibleTar layer, String path, String text) {
    layer.addFile(path, 0644, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Layer layer(ReproducibleTar content, Path folder, String name) throws IOException {
    Path file = folder.resolve(name + ".tar");
    return new Layer(file, content.writeTo(file));
  }

  private static Path writeArchive(List<Layer> layers, Path folder) throws IOException {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("architecture", architecture());
    configuration.put("os", "linux");
    configuration.put(
        "config",
        Map.of(
            "Env",
            List.of(
                "PATH=/%s/bin:/usr/bin:/bin".formatted(JavaRuntime.HOME),
                "JAVA_HOME=/" + JavaRuntime.HOME,
                "LANG=C.UTF-8")));
    configuration.put(
        "rootfs",
        Map.of("type", "layers", "diff_ids", layers.stream().map(Layer::digest).toList()));
    List<Map<String, Object>> manifest =
        List.of(
            Map.of(
                "Config",
                "config.json",
                "RepoTags",
                List.of("plumbline/base:local"),
                "Layers",
                layers.stream().map(layer -> layer.file().getFileName().toString()).toList()));
    ReproducibleTar tar = new ReproducibleTar();
    tar.addFile("config.json", 0644, JsonMapper.shared().writeValueAsBytes(configuration));
    tar.addFile("manifest.json", 0644, JsonMapper.shared().writeValueAsBytes(manifest));
    for (Layer layer : layers) {
      tar.addFile(layer.file().getFileName().toString(), 0644, layer.file());
    }
    Path archive = folder.resolve("base.tar");
    tar.writeTo(archive);
    return archive;
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  @Override
  public JibContainerBuilder newImage() {
    try {
      return Jib.from(TarImage.at(archive).named("plumbline/base:local"));
    } catch (InvalidImageReferenceException e) {
      throw new IllegalStateException("the name of the base is a constant", e);
    }
  }

  @Override
  public String description() {
    return "made from packages of the distribution and a linked Java";
  }
}
