package io.plumbline.demo.api;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The address of the platform and the credentials of the demo's users; the launcher writes it,
 * readable by its owner only.
 *
 * @param people passwords by name
 */
public record Access(String gateway, String tokenUri, String clientId, Map<String, String> people) {

  public static Access read(Path file) {
    return JsonMapper.shared().readValue(file.toFile(), Access.class);
  }

  public String passwordOf(String user) {
    String password = people.get(user);
    if (password == null) {
      throw new StepFailed(
          "The realm of this installation has no user "
              + user
              + "; `./plumbline people` lists them");
    }
    return password;
  }

  @Override
  public String toString() {
    return "Access[gateway=" + gateway + "]";
  }
}
