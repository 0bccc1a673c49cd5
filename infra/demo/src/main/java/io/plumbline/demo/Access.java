package io.plumbline.demo;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the platform's doors are and how the demo's people sign in; the launcher writes it for
 * nobody else to read.
 *
 * @param people passwords by name
 */
public record Access(String gateway, String tokenUri, String clientId, Map<String, String> people) {

  public static Access read(Path file) {
    return JsonMapper.shared().readValue(file.toFile(), Access.class);
  }

  String passwordOf(String person) {
    String password = people.get(person);
    if (password == null) {
      throw new StepFailed("There is no person " + person + " in the realm of this installation");
    }
    return password;
  }

  @Override
  public String toString() {
    return "Access[gateway=" + gateway + "]";
  }
}
