package io.plumbline.compliance.risk;

import io.plumbline.compliance.workspace.WorkspacePreset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Adds the preset risks to every workspace's register, once. */
@Component
class RiskPresets implements WorkspacePreset {

  private final RiskRegister register;
  private final List<RiskPreset> delivered;

  RiskPresets(RiskRegister register, JsonMapper json) {
    this.register = register;
    try (InputStream file = new ClassPathResource("risks/register.json").getInputStream()) {
      this.delivered = json.readValue(file, new TypeReference<List<RiskPreset>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void add() {
    delivered.forEach(register::addPreset);
  }
}
