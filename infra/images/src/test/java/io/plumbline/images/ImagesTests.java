package io.plumbline.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.installation.Application;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImagesTests {

  private static final Instant STARTED = Instant.parse("2026-12-02T10:00:00Z");

  private record Outcome(int exit, String out, String err) {}

  @TempDir Path root;

  @Test
  void an_application_that_is_not_known_is_refused() {
    assertThat(run("gatewy"))
        .isEqualTo(
            failed(
                "There is no application 'gatewy'. There are: compliance, dataset-registry,"
                    + " evaluation, gateway, inference, model-registry, prompt-registry, strategy,"
                    + " training."));
  }

  @Test
  void an_application_that_is_not_built_is_refused() {
    assertThat(run("gateway"))
        .isEqualTo(failed("gateway is not built: `./mvnw -DskipTests package` builds it."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eclipse-temurin:25-jre", "registry.example/java"})
  void a_base_without_a_digest_is_refused(String base) throws IOException {
    assertThat(runBuilt("--base", base))
        .isEqualTo(
            failed(
                "The base image '%s' has no digest, so what is built could change with it. Name it"
                        .formatted(base)
                    + " as NAME@sha256:DIGEST; `crane digest NAME` prints the digest."));
  }

  @Test
  void a_base_with_a_name_that_cannot_be_is_refused() throws IOException {
    assertThat(runBuilt("--base", "Java 25"))
        .isEqualTo(
            failed("'Java 25' is not the name of an image. Name the base as NAME@sha256:DIGEST."));
  }

  @Test
  void a_registry_elsewhere_is_not_reached_by_http() throws IOException {
    assertThat(runBuilt("--push", "http://registry.example").err())
        .startsWith("plumbline: Images are not pushed to registry.example by HTTP");
  }

  @Test
  void a_machine_without_debian_needs_a_base() throws IOException {
    assertThat(runBuilt("gateway").err())
        .startsWith("plumbline: Without --base, images stand on packages of Debian,");
    assertThat(root.resolve("target/images")).doesNotExist();
  }

  @Test
  void a_folder_without_images_is_not_copied() {
    assertThat(run("copy", "--from", root.toString(), "--to", "localhost:1"))
        .isEqualTo(
            failed(
                "%s has no images. `./plumbline images --to %s` builds them."
                    .formatted(root, root)));
  }

  @Test
  void a_wrong_option_is_wrong_usage() {
    assertThat(run("--sgin", "key").exit()).isEqualTo(2);
    assertThat(run("--help").out()).startsWith("Usage: ./plumbline images");
  }

  @Test
  void keys_are_made_and_nothing_is_built() {
    assertThat(run("--make-key", root.toString()).exit()).isZero();
    assertThat(root.toFile().list()).containsExactlyInAnyOrder("images.key", "images.pub");
  }

  @Test
  void what_is_built_is_copied_to_another_registry_under_the_same_digest() throws IOException {
    ImageFolder folder = buildSigned();
    String digest =
        Files.readString(folder.path().resolve("digests.txt"))
            .strip()
            .replace("plumbline/gateway:0.1.0@", "");
    try (LocalRegistry registry = new LocalRegistry()) {
      registry.requireToken("t0ken");
      Outcome copied =
          run("copy", "--from", folder.path().toString(), "--to", registry.address() + "/team");
      String repository = registry.address() + "/team/plumbline/gateway:";
      String attached = digest.replace(':', '-');
      assertThat(copied)
          .isEqualTo(
              new Outcome(
                  0,
                  "pushed %s0.1.0\npushed %s%s.att\npushed %s%s.sig\n"
                      .formatted(repository, repository, attached, repository, attached),
                  ""));
      assertThat(registry.names())
          .contains("team/plumbline/gateway:0.1.0", "team/plumbline/gateway:" + digest);
      List<String> uploads = new ArrayList<>(registry.uploads());
      run("copy", "--from", folder.path().toString(), "--to", registry.address() + "/team");
      assertThat(registry.uploads()).isEqualTo(uploads).doesNotHaveDuplicates();
    }
  }

  @Test
  void an_archive_that_was_changed_is_not_pushed() throws IOException {
    ImageFolder folder = buildSigned();
    Path archive = folder.path().resolve("gateway-0.1.0.tar");
    String text = Files.readString(archive, StandardCharsets.ISO_8859_1);
    Files.writeString(
        archive,
        text.replace(
            "\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest",
            "\"schemaVersion\":3,\"mediaType\":\"application/vnd.oci.image.manifest"),
        StandardCharsets.ISO_8859_1);
    try (LocalRegistry registry = new LocalRegistry()) {
      assertThat(run("copy", "--from", folder.path().toString(), "--to", registry.address()).err())
          .startsWith("plumbline: " + archive + " was changed:");
      assertThat(registry.names()).isEmpty();
    }
  }

  @Test
  void the_bill_of_materials_names_the_application_its_libraries_and_the_base() throws IOException {
    ImageFolder folder = buildSigned();
    JsonNode bill = read(folder, "gateway-0.1.0.cdx.json");
    assertThat(bill.at("/metadata/component/name").asString()).isEqualTo("plumbline/gateway");
    assertThat(bill.path("components").valueStream().map(each -> each.path("bom-ref").asString()))
        .containsExactly(
            "platform",
            "text",
            "file:other-3.jar",
            "pkg:npm/%40portal/grid@1.2.0",
            "pkg:maven/io.plumbline/gateway@0.1.0?type=jar",
            "pkg:deb/debian/libc6@2.36");
    assertThat(bill.path("components").get(4).has("externalReferences")).isFalse();
    assertThat(bill.at("/dependencies/0/dependsOn").valueStream().map(JsonNode::asString))
        .containsExactly(
            "pkg:maven/io.plumbline/gateway@0.1.0?type=jar",
            "file:other-3.jar",
            "pkg:npm/%40portal/grid@1.2.0",
            "pkg:deb/debian/libc6@2.36");
  }

  @Test
  void the_provenance_names_jar_base_and_builder() throws IOException {
    ImageFolder folder = buildSigned();
    JsonNode provenance = read(folder, "gateway-0.1.0.provenance.json");
    assertThat(provenance)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"buildDefinition": {
                      "buildType": "https://plumbline.example/builds/images/v1",
                      "externalParameters": {"application": "gateway",
                        "base": "made from packages of the distribution and a linked Java"},
                      "internalParameters": {},
                      "resolvedDependencies": [
                        {"name": "gateway-0.1.0.jar", "digest": {"sha256": "%s"}},
                        {"uri": "pkg:deb/debian/libc6@2.36", "digest": {"sha256": "%s"}}]},
                     "runDetails": {
                       "builder": {"id": "https://ci.example/1", "version": {"java": "%s"}},
                       "metadata": {"startedOn": "2026-12-02T10:00:00Z",
                         "finishedOn": "2026-12-02T10:00:00Z"}}}
                    """
                        .formatted(
                            Digests.hex(Digests.of(executable())),
                            "0".repeat(64),
                            System.getProperty("java.runtime.version"))));
  }

  private static JsonNode read(ImageFolder folder, String name) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(folder.path().resolve(name)));
  }

  private Path executable() throws IOException {
    Path file = root.resolve("gateway/target/gateway-0.1.0.jar");
    if (!Files.exists(file)) {
      Files.createDirectories(root.resolve("gateway/target"));
      Files.writeString(file, "a jar");
    }
    return file;
  }

  private ImageFolder buildSigned() throws IOException {
    Path files = Files.createDirectories(root.resolve("files"));
    SampleApplication.write(files, "gateway", "class");
    Files.copy(files.resolve("lib/text-2-linux.jar"), files.resolve("lib/other-3.jar"));
    Files.createDirectories(root.resolve("gateway/portal"));
    Files.writeString(
        root.resolve("gateway/portal/package-lock.json"),
        """
        {"packages": {"": {"name": "portal"},
          "node_modules/@portal/grid": {"version": "1.2.0", "license": "MIT"},
          "node_modules/checker": {"version": "3.0.0", "dev": true}}}
        """);
    SigningKey.make(root.resolve("key"));
    LinkedBase base = SampleApplication.base(root.resolve("base"));
    ImageFolder target = new ImageFolder(Files.createDirectories(root.resolve("images")));
    new ImageBuild(
            base,
            new Provenance(root, "https://ci.example/1", base),
            Optional.of(SigningKey.read(root.resolve("key").resolve(SigningKey.PRIVATE_FILE))),
            target,
            Files.createDirectories(root.resolve("work")),
            Clock.fixed(STARTED, ZoneOffset.UTC),
            new PrintWriter(new StringWriter()))
        .build(ApplicationFiles.in(files, "gateway", "0.1.0"), executable(), STARTED);
    target.writeDigests();
    return target;
  }

  private static Outcome failed(String message) {
    return new Outcome(1, "", "plumbline: " + message + "\n");
  }

  /** Runs the command where all applications are built. */
  private Outcome runBuilt(String... arguments) throws IOException {
    for (Application each : Application.values()) {
      Path target = Files.createDirectories(root.resolve(each.module()).resolve("target"));
      Files.createFile(target.resolve(each.name() + "-0.1.0.jar"));
    }
    return run(arguments);
  }

  /** Runs the command on a machine that has no programs. */
  private Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Images.commandLine(root, "/nowhere")
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .execute(arguments);
    return new Outcome(exit, out.toString(), err.toString());
  }
}
