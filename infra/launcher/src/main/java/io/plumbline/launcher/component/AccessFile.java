package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.DemoUser;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Addresses and passwords for programs that act as the demo's users. */
public record AccessFile(Layout layout, Secrets secrets) {

  /** The environment variable that names the file to such a program. */
  public static final String VARIABLE = "PLUMBLINE_ACCESS";

  public Path file() {
    return layout.accessFile();
  }

  /** Writes the file anew, readable by its owner only. */
  public void write() {
    Map<String, String> people = new LinkedHashMap<>();
    DemoUser.values().forEach(user -> people.put(user.name(), secrets.person(user.name())));
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("gateway", layout.replica(Application.GATEWAY, 1).url());
    access.put("tokenUri", new Keycloak(layout, secrets).tokenUri());
    access.put("clientId", "demo");
    access.put("people", people);
    Secrets.writePrivately(file(), access);
  }
}
