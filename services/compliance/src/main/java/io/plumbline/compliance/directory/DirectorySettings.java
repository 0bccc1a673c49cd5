package io.plumbline.compliance.directory;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the look-up of people in Keycloak.
 *
 * @param url the realm in Keycloak's admin REST API; derived from the token endpoint when absent
 * @param life how long an answer is cached, and so how long a removed person can still be named
 * @param timeout after which Keycloak counts as unavailable
 * @param pause during which it is then not called
 */
@ConfigurationProperties("plumbline.directory")
record DirectorySettings(
    @Nullable URI url,
    @DefaultValue("5m") Duration life,
    @DefaultValue("3s") Duration timeout,
    @DefaultValue("5s") Duration pause) {}
