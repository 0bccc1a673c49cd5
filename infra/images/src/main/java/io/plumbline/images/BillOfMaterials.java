package io.plumbline.images;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bill of materials of an image (CycloneDX 1.6): the one that the build put into the
 * application's jar, with the parts of the base image, and the image itself as its subject.
 *
 * @param portal the packages of the portal, which the gateway's jar contains
 */
record BillOfMaterials(List<BaseImage.Component> base, List<ObjectNode> portal) {

  static final String PREDICATE_TYPE = "https://cyclonedx.org/bom";

  private static final String ENTRY = "META-INF/sbom/application.cdx.json";

  /** Returns the bill of an image that was built from the files. */
  ObjectNode of(BuiltImage image, ApplicationFiles files) throws IOException {
    ObjectNode bill = ofApplication(files.jar());
    ObjectNode metadata = (ObjectNode) bill.path("metadata");
    ObjectNode application = (ObjectNode) metadata.path("component");
    // Of a parent project, by inheritance.
    application.remove("externalReferences");
    ArrayNode components = (ArrayNode) bill.path("components");
    List<String> parts = new ArrayList<>(List.of(application.path("bom-ref").asString("")));
    List<ObjectNode> more = new ArrayList<>(unnamed(files, components));
    more.addAll(portal);
    for (ObjectNode each : more) {
      components.add(each);
      parts.add(each.path("bom-ref").asString(""));
    }
    components.add(application);
    for (BaseImage.Component each : base) {
      components.add(component(each));
      parts.add(each.purl());
    }
    ObjectNode container = component(image, files);
    metadata.set("component", container);
    ObjectNode dependency = JsonMapper.shared().createObjectNode();
    dependency.put("ref", container.path("bom-ref").asString(""));
    ArrayNode dependsOn = dependency.putArray("dependsOn");
    parts.forEach(dependsOn::add);
    bill.withArray("dependencies").add(dependency);
    return bill;
  }

  private static ObjectNode ofApplication(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      @Nullable ZipEntry entry = zip.getEntry(ENTRY);
      if (entry == null) {
        throw new LauncherException(jar + " has no bill of materials: build it with Maven again.");
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return (ObjectNode) JsonMapper.shared().readTree(in);
      }
    }
  }

  /** Returns the libraries of the image that the build did not name, by their files. */
  private static List<ObjectNode> unnamed(ApplicationFiles files, ArrayNode components)
      throws IOException {
    Set<String> named =
        components.valueStream().map(BillOfMaterials::fileName).collect(Collectors.toSet());
    List<ObjectNode> unnamed = new ArrayList<>();
    for (Path library : files.libraries()) {
      String file = String.valueOf(library.getFileName());
      if (!named.contains(file)) {
        ObjectNode component = JsonMapper.shared().createObjectNode();
        component.put("type", "library");
        component.put("bom-ref", "file:" + file);
        component.put("name", file);
        addHash(component, Digests.hex(Digests.of(library)));
        unnamed.add(component);
      }
    }
    return unnamed;
  }

  /** Returns the name of the file that a package URL of Maven means. */
  private static String fileName(JsonNode component) {
    String purl = component.path("purl").asString("");
    int classifier = purl.indexOf("classifier=");
    String suffix =
        classifier < 0 ? "" : "-" + purl.substring(classifier + 11).replaceFirst("&.*", "");
    return component.path("name").asString("")
        + "-"
        + component.path("version").asString("")
        + suffix
        + ".jar";
  }

  private static ObjectNode component(BuiltImage image, ApplicationFiles files) {
    ObjectNode component = JsonMapper.shared().createObjectNode();
    String purl =
        "pkg:oci/%s@%s?tag=%s"
            .formatted(files.name(), image.digest().replace(":", "%3A"), image.version());
    component.put("type", "container");
    component.put("bom-ref", purl);
    component.put("name", image.repository());
    component.put("version", image.version());
    addHash(component, Digests.hex(image.digest()));
    component.put("purl", purl);
    return component;
  }

  private static ObjectNode component(BaseImage.Component each) {
    ObjectNode component = JsonMapper.shared().createObjectNode();
    component.put("type", each.type());
    component.put("bom-ref", each.purl());
    component.put("name", each.name());
    component.put("version", each.version());
    addHash(component, each.sha256());
    component.put("purl", each.purl());
    return component;
  }

  private static void addHash(ObjectNode component, String sha256) {
    ObjectNode hash = component.putArray("hashes").addObject();
    hash.put("alg", "SHA-256");
    hash.put("content", sha256);
  }
}
