package io.plumbline.images;

import io.plumbline.images.Cosign.Predicate;
import io.plumbline.launcher.installation.Application;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds images on one base, describes them, and signs them if there is a key.
 *
 * @param work a folder for what is needed in between
 */
record ImageBuild(
    BaseImage base,
    Provenance provenance,
    Optional<SigningKey> key,
    ImageFolder target,
    Path work,
    Clock clock,
    PrintWriter out) {

  /** Builds the image of an application from its executable jar. */
  void build(String application, Path executable) throws IOException {
    Instant started = clock.instant();
    build(
        ApplicationFiles.extract(application, executable, work.resolve(application)),
        executable,
        started);
  }

  /** Builds the image of files that were extracted from an executable jar. */
  void build(ApplicationFiles files, Path executable, Instant started) throws IOException {
    Path archive = target.archive(files);
    target.deleteAttachments(files);
    Path cache = Files.createDirectories(work.resolve("cache"));
    BuiltImage image = new ApplicationImage(base, cache).build(files, archive);
    Instant finished = clock.instant();
    ObjectNode bill = new BillOfMaterials(base.components(), portal(files)).of(image, files);
    Map<String, Object> origin = provenance.of(files.name(), executable, started, finished);
    target.describe(files, ".cdx.json", bill);
    target.describe(files, ".provenance.json", origin);
    if (key.isPresent()) {
      Cosign cosign = new Cosign(key.get());
      cosign.sign(image, target.attachment(files, "sig"));
      cosign.attest(
          image,
          List.of(
              new Predicate(BillOfMaterials.PREDICATE_TYPE, bill),
              new Predicate(Provenance.PREDICATE_TYPE, origin)),
          target.attachment(files, "att"));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%s@%s, %d MB in %d s%s",
            image.name(),
            image.digest(),
            Files.size(archive) >> 20,
            Duration.between(started, finished).toSeconds(),
            key.isPresent() ? ", signed" : ""));
  }

  private List<ObjectNode> portal(ApplicationFiles files) throws IOException {
    Path lock = provenance.root().resolve("gateway/portal/package-lock.json");
    return files.name().equals(Application.GATEWAY.name()) && Files.exists(lock)
        ? PortalPackages.read(lock)
        : List.of();
  }
}
