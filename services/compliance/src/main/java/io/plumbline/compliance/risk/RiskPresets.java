package io.plumbline.compliance.risk;

import io.plumbline.compliance.workspace.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Adds the preset risks to every workspace's register, once. */
@Component
class RiskPresets implements ApplicationRunner {

  private final RiskRegister register;
  private final Workspaces workspaces;
  private final JsonMapper json;

  RiskPresets(RiskRegister register, Workspaces workspaces, JsonMapper json) {
    this.register = register;
    this.workspaces = workspaces;
    this.json = json;
  }

  @Override
  public void run(ApplicationArguments arguments) throws IOException {
    try (InputStream file = new ClassPathResource("risks/register.json").getInputStream()) {
      List<RiskPreset> delivered = json.readValue(file, new TypeReference<List<RiskPreset>>() {});
      workspaces.forEach(workspace -> delivered.forEach(register::addPreset));
    }
  }
}
