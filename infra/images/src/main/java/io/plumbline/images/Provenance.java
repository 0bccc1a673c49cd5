package io.plumbline.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says how an image was built, as SLSA provenance 1.0: from which commit, jar and base, by which
 * builder.
 *
 * @param root of the source tree
 * @param builder the URI of who vouches for the machine that builds
 * @see <a href="https://slsa.dev/spec/v1.0/provenance">SLSA provenance</a>
 */
record Provenance(Path root, String builder, BaseImage base) {

  static final String PREDICATE_TYPE = "https://slsa.dev/provenance/v1";

  private static final String BUILD_TYPE = "https://plumbline.example/builds/images/v1";

  /** Returns the predicate of the image of an executable jar. */
  Map<String, Object> of(String application, Path executable, Instant started, Instant finished)
      throws IOException {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("application", application);
    parameters.put("base", base.description());
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("buildType", BUILD_TYPE);
    definition.put("externalParameters", parameters);
    definition.put("internalParameters", Map.of());
    definition.put("resolvedDependencies", dependencies(executable));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("startedOn", started.truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.put("finishedOn", finished.truncatedTo(ChronoUnit.SECONDS).toString());
    Map<String, Object> builtBy = new LinkedHashMap<>();
    builtBy.put("id", builder);
    builtBy.put("version", Map.of("java", System.getProperty("java.runtime.version", "")));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("builder", builtBy);
    details.put("metadata", metadata);
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put("buildDefinition", definition);
    predicate.put("runDetails", details);
    return predicate;
  }

  private List<Map<String, Object>> dependencies(Path executable) throws IOException {
    List<Map<String, Object>> dependencies = new ArrayList<>();
    if (Files.exists(root.resolve(".git"))) {
      dependencies.add(source());
    }
    Map<String, Object> jar = new LinkedHashMap<>();
    jar.put("name", String.valueOf(executable.getFileName()));
    jar.put("digest", Map.of("sha256", Digests.hex(Digests.of(executable))));
    dependencies.add(jar);
    for (BaseImage.Component each : base.components()) {
      Map<String, Object> dependency = new LinkedHashMap<>();
      dependency.put("uri", each.purl());
      dependency.put("digest", Map.of("sha256", each.sha256()));
      dependencies.add(dependency);
    }
    return dependencies;
  }

  /** Returns the commit, and whether the tree has changes that are not committed. */
  private Map<String, Object> source() {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("name", "source");
    source.put("digest", Map.of("gitCommit", git("rev-parse", "HEAD")));
    source.put("annotations", Map.of("modified", !git("status", "--porcelain").isEmpty()));
    return source;
  }

  private String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return new ExternalProgram(command, root).run();
  }
}
