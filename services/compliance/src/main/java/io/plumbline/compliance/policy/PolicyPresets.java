package io.plumbline.compliance.policy;

import io.plumbline.compliance.workspace.WorkspacePreset;
import io.plumbline.policy.PolicyTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Gives every workspace its first policies. A policy whose name exists is never changed, even if a
 * later release of Plumbline has another preset of that name.
 */
@Component
class PolicyPresets implements WorkspacePreset {

  private static final Map<String, PolicyTarget> PRESETS = new LinkedHashMap<>();

  static {
    PRESETS.put("dataset-admission-default", PolicyTarget.DATASET_ADMISSION);
    PRESETS.put("release-default", PolicyTarget.RELEASE);
    PRESETS.put("approval-default", PolicyTarget.APPROVAL);
  }

  private final Policies policies;

  PolicyPresets(Policies policies) {
    this.policies = policies;
  }

  @Override
  public void add() {
    PRESETS.forEach((name, target) -> {
      if (!policies.exists(name)) {
        policies.activate(name, target, source(name));
      }
    });
  }

  static String source(String name) {
    try (InputStream file = new ClassPathResource("policies/" + name + ".json").getInputStream()) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
