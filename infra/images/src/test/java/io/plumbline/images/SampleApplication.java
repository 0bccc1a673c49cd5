package io.plumbline.images;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An application of a few bytes, in the form in which Spring Boot extracts one. */
final class SampleApplication {

  static final String BILL =
      """
      {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "name": "gateway", "version": "0.1.0",
          "bom-ref": "pkg:maven/io.plumbline/gateway@0.1.0?type=jar",
          "externalReferences": [{"type": "website", "url": "https://spring.io"}]}},
        "components": [
          {"type": "library", "group": "io.plumbline", "name": "platform", "version": "0.1.0",
           "bom-ref": "platform", "purl": "pkg:maven/io.plumbline/platform@0.1.0?type=jar"},
          {"type": "library", "group": "org.example", "name": "text", "version": "2",
           "bom-ref": "text", "purl": "pkg:maven/org.example/text@2?classifier=linux&type=jar"}],
        "dependencies": []
      }
      """;

  private SampleApplication() {}

  /** Writes the application's files to an empty folder. */
  static ApplicationFiles write(Path folder, String name, String itsClass) throws IOException {
    writeJar(
        folder.resolve(name + "-0.1.0.jar"),
        Map.of("META-INF/sbom/application.cdx.json", BILL, "Main.class", itsClass));
    Path libraries = Files.createDirectories(folder.resolve("lib"));
    writeJar(libraries.resolve("text-2-linux.jar"), Map.of("Text.class", "text"));
    writeJar(
        libraries.resolve("platform-0.1.0.jar"),
        Map.of("META-INF/maven/io.plumbline/platform/pom.xml", "<project/>"));
    return ApplicationFiles.in(folder, name, "0.1.0");
  }

  private static void writeJar(Path file, Map<String, String> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream jar = new ZipOutputStream(out)) {
      for (String name : entries.keySet().stream().sorted().toList()) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(entries.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Makes a base with the files of every system and nothing else. */
  static LinkedBase base(Path folder) throws IOException {
    ReproducibleTar layer = new ReproducibleTar();
    LinkedBase.addSystemFiles(layer);
    return LinkedBase.of(
        layer,
        List.of(
            new BaseImage.Component(
                "library", "libc6", "2.36", "pkg:deb/debian/libc6@2.36", "0".repeat(64))),
        Files.createDirectories(folder));
  }
}
