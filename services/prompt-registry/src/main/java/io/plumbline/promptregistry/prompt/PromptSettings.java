package io.plumbline.promptregistry.prompt;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the registry.
 *
 * @param protectedLabels labels that move only after an approval
 */
@ConfigurationProperties("plumbline.prompts")
public record PromptSettings(@DefaultValue("production") Set<String> protectedLabels) {}
