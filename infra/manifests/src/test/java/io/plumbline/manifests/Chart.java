package io.plumbline.manifests;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.Pod;
import io.plumbline.manifests.Manifests.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Helm chart of the product, as Helm renders it. */
final class Chart {

  static final Path FOLDER = Path.of("../../k8s/chart").toAbsolutePath().normalize();

  /** The renders that are committed, each with the values file of its name. */
  static final List<Overlay> OVERLAYS =
      List.of(
          new Overlay("base", Path.of("../../k8s/base")),
          new Overlay("single-node", Path.of("../../k8s/overlays/single-node")),
          new Overlay("production", Path.of("../../k8s/overlays/production")));

  private static final Pattern SOURCE =
      Pattern.compile("# Source: plumbline/templates/(?:.*/)?([a-z-]+\\.yaml)\n");

  record Overlay(String name, Path folder) {

    Path values() {
      return FOLDER.resolve("values-" + name + ".yaml");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Chart() {}

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /**
   * Returns what Helm renders.
   *
   * @throws IllegalStateException with Helm's message if it refuses the values
   */
  static String render(Path... values) {
    return renderChart(FOLDER, values);
  }

  private static String renderChart(Path chart, Path... values) {
    TemplateCommand template =
        new Helm(chart)
            .template()
            .withName("plumbline")
            .withNamespace("plumbline")
            .withKubeVersion("1.34.0");
    for (Path file : values) {
      template.withValuesFile(file);
    }
    return template.call();
  }

  /** Renders with values that are written as YAML. */
  static String render(String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return render(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the objects that are rendered with values that are written as YAML. */
  static List<Manifest> manifests(String values) {
    return Stream.of(render(values).split("(?m)^---\n", -1))
        .map(Manifests::parse)
        .filter(document -> document.has("kind"))
        .map(document -> Manifests.read("rendered", document))
        .toList();
  }

  /**
   * Returns the pod of {@code helm test}, which the library does not render as long as it is a
   * hook.
   */
  static Pod testPod(Path scratch, Path... values) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.toList()) {
        Path copy = scratch.resolve(FOLDER.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.writeString(copy, Files.readString(file).replace("helm.sh/hook: test", "a: b"));
        }
      }
    }
    return Stream.of(renderChart(scratch, values).split("(?m)^---\n", -1))
        .filter(document -> document.contains("kind: Pod\n"))
        .map(document -> (Pod) Manifests.read("test.yaml", Manifests.parse(document)).understood())
        .findFirst()
        .orElseThrow();
  }

  /** Returns the files of an overlay: a file for each template, and the kustomization. */
  static SortedMap<String, String> files(Overlay overlay) {
    SortedMap<String, String> files = new TreeMap<>();
    for (String document : render(overlay.values()).split("(?m)^---\n", -1)) {
      Matcher source = SOURCE.matcher(document);
      if (source.lookingAt()) {
        String content = document.substring(source.end()).replaceAll("(?m)[ \t]+$", "").strip();
        files.merge(source.group(1), content + "\n", (first, next) -> first + "---\n" + next);
      }
    }
    files.replaceAll((name, content) -> header(overlay) + content);
    files.put("kustomization.yaml", kustomization(overlay, List.copyOf(files.keySet())));
    return files;
  }

  private static String header(Overlay overlay) {
    return "# Rendered from k8s/chart with values-%s.yaml, and held equal by a test.\n"
        .formatted(overlay.name());
  }

  private static String kustomization(Overlay overlay, List<String> resources) {
    StringBuilder text = new StringBuilder(header(overlay));
    text.append("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n")
        .append("namespace: plumbline\nresources:\n");
    resources.forEach(resource -> text.append("  - ").append(resource).append('\n'));
    return text.toString();
  }
}
