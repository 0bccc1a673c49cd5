package io.plumbline.modelregistry.model;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of models.
 *
 * @param protectedAliases the aliases that move only after a second person has approved
 */
@ConfigurationProperties("plumbline.models")
public record ModelSettings(@DefaultValue("champion") Set<String> protectedAliases) {}
