package io.plumbline.images;

import io.plumbline.launcher.installation.LauncherException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tar with one image, or with the signatures or attestations of one, in the image layout of OCI.
 * An image has in addition the {@code manifest.json} of {@code docker save}, so that Docker, Podman
 * and containerd load it by its name.
 */
final class OciArchive implements Closeable {

  static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

  /** The annotation by which containerd knows the whole name of an image. */
  private static final String NAME_ANNOTATION = "io.containerd.image.name";

  private static final String TAG_ANNOTATION = "org.opencontainers.image.ref.name";
  private static final String DEFAULT_REGISTRY = "docker.io/";
  private static final String BLOBS = "blobs/sha256/";
  private static final byte[] LAYOUT =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

  /** The name of a blob: its media type, digest and size in bytes. */
  record Descriptor(String mediaType, String digest, long size) {

    static Descriptor of(String mediaType, byte[] content) {
      return new Descriptor(mediaType, Digests.of(content), content.length);
    }

    static Descriptor from(JsonNode json) {
      return new Descriptor(
          json.path("mediaType").asString(""),
          json.path("digest").asString(""),
          json.path("size").asLong(0));
    }

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("mediaType", mediaType);
      json.put("digest", digest);
      json.put("size", size);
      return json;
    }
  }

  private final Path file;
  private final TarFile tar;
  private final Map<String, TarArchiveEntry> entries = new TreeMap<>();

  /** Opens an archive to read it. */
  OciArchive(Path file) {
    this.file = file;
    try {
      tar = new TarFile(file);
      tar.getEntries().forEach(entry -> entries.put(entry.getName(), entry));
    } catch (IOException e) {
      throw new LauncherException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Returns the name with its tag, without the registry. */
  String name() throws IOException {
    return index()
        .path("annotations")
        .path(NAME_ANNOTATION)
        .asString("")
        .substring(DEFAULT_REGISTRY.length());
  }

  Descriptor manifest() throws IOException {
    return Descriptor.from(index());
  }

  private JsonNode index() throws IOException {
    JsonNode manifests = JsonMapper.shared().readTree(read("index.json")).path("manifests");
    if (manifests.size() != 1) {
      throw new LauncherException(file + " has not one image, but " + manifests.size() + ".");
    }
    return manifests.get(0);
  }

  /** Returns the blobs that the manifest names, the configuration first. */
  List<Descriptor> blobs() throws IOException {
    JsonNode manifest = JsonMapper.shared().readTree(readBlob(manifest().digest()));
    return Stream.concat(Stream.of(manifest.path("config")), manifest.path("layers").valueStream())
        .map(Descriptor::from)
        .toList();
  }

  /** Returns a blob that fits into memory; one whose content has another digest is refused. */
  byte[] readBlob(String digest) throws IOException {
    byte[] content = read(BLOBS + Digests.hex(digest));
    if (!Digests.of(content).equals(digest)) {
      throw new LauncherException(
          file + " was changed: what it has as " + digest + " is not that.");
    }
    return content;
  }

  InputStream openBlob(String digest) throws IOException {
    return open(BLOBS + Digests.hex(digest));
  }

  private byte[] read(String path) throws IOException {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    }
  }

  private InputStream open(String path) throws IOException {
    TarArchiveEntry entry = entries.get(path);
    if (entry == null) {
      throw new LauncherException(file + " is not an image of OCI: it has no " + path + ".");
    }
    return tar.getInputStream(entry);
  }

  /** Writes the image of an archive that Jib made to another, under a name that runtimes know. */
  static Descriptor writeNamed(Path madeByJib, String name, Path target) throws IOException {
    try (OciArchive source = new OciArchive(madeByJib)) {
      ReproducibleTar tar = new ReproducibleTar();
      for (Map.Entry<String, TarArchiveEntry> each : source.entries.entrySet()) {
        if (each.getKey().startsWith(BLOBS) && !each.getValue().isDirectory()) {
          tar.addFile(
              each.getKey(),
              0644,
              each.getValue().getSize(),
              out -> {
                try (InputStream in = source.open(each.getKey())) {
                  in.transferTo(out);
                }
              });
        }
      }
      tar.addFile("manifest.json", 0644, dockerManifest(name, source.blobs()));
      writeIndexed(tar, name, source.manifest(), target);
      return source.manifest();
    }
  }

  private static byte[] dockerManifest(String name, List<Descriptor> blobs) {
    Map<String, Object> image = new LinkedHashMap<>();
    List<String> paths = blobs.stream().map(each -> BLOBS + Digests.hex(each.digest())).toList();
    image.put("Config", paths.getFirst());
    image.put("RepoTags", List.of(name));
    image.put("Layers", paths.subList(1, paths.size()));
    return JsonMapper.shared().writeValueAsBytes(List.of(image));
  }

  /** Writes an archive of a manifest and the blobs that it names. */
  static void write(Path target, String name, byte[] manifest, List<byte[]> blobs)
      throws IOException {
    ReproducibleTar tar = new ReproducibleTar();
    tar.addFile(BLOBS + Digests.hex(Digests.of(manifest)), 0644, manifest);
    for (byte[] blob : blobs) {
      tar.addFile(BLOBS + Digests.hex(Digests.of(blob)), 0644, blob);
    }
    writeIndexed(tar, name, Descriptor.of(MANIFEST_TYPE, manifest), target);
  }

  private static void writeIndexed(
      ReproducibleTar tar, String name, Descriptor manifest, Path target) throws IOException {
    Map<String, Object> described = manifest.json();
    Map<String, Object> annotations = new LinkedHashMap<>();
    annotations.put(NAME_ANNOTATION, DEFAULT_REGISTRY + name);
    annotations.put(TAG_ANNOTATION, name.substring(name.indexOf(':') + 1));
    described.put("annotations", annotations);
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("schemaVersion", 2);
    index.put("mediaType", "application/vnd.oci.image.index.v1+json");
    index.put("manifests", List.of(described));
    tar.addFile("index.json", 0644, JsonMapper.shared().writeValueAsBytes(index));
    tar.addFile("oci-layout", 0644, LAYOUT);
    tar.writeTo(target);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
