package io.plumbline.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The npm packages of the portal, which are compiled into the files that the gateway serves. */
final class PortalPackages {

  private static final String FOLDER = "node_modules/";
  private static final String SHA512 = "sha512-";

  private PortalPackages() {}

  /** Returns the packages that are shipped, as components of CycloneDX, from npm's lock file. */
  static List<ObjectNode> read(Path lock) throws IOException {
    List<ObjectNode> components = new ArrayList<>();
    JsonMapper.shared()
        .readTree(Files.readAllBytes(lock))
        .path("packages")
        .properties()
        .forEach(each -> {
          if (!each.getKey().isEmpty() && !each.getValue().path("dev").asBoolean(false)) {
            String name =
                each.getKey().substring(each.getKey().lastIndexOf(FOLDER) + FOLDER.length());
            components.add(component(name, each.getValue()));
          }
        });
    return components;
  }

  private static ObjectNode component(String name, JsonNode locked) {
    String version = locked.path("version").asString("");
    String purl = "pkg:npm/" + name.replace("@", "%40") + "@" + version;
    ObjectNode component = JsonMapper.shared().createObjectNode();
    component.put("type", "library");
    component.put("bom-ref", purl);
    component.put("name", name);
    component.put("version", version);
    String integrity = locked.path("integrity").asString("");
    if (integrity.startsWith(SHA512)) {
      byte[] hash = Base64.getDecoder().decode(integrity.substring(SHA512.length()));
      ObjectNode described = component.putArray("hashes").addObject();
      described.put("alg", "SHA-512");
      described.put("content", HexFormat.of().formatHex(hash));
    }
    String licence = locked.path("license").asString("");
    if (!licence.isEmpty()) {
      component.putArray("licenses").addObject().put("expression", licence);
    }
    component.put("purl", purl);
    return component;
  }
}
