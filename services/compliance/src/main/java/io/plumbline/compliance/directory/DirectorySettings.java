package io.plumbline.compliance.directory;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for looking up people in Keycloak.
 *
 * @param url the realm in Keycloak's admin REST API; derived from the token endpoint if absent
 * @param life the time for which an answer is cached, in which a removed person can still be named
 * @param timeout the time after which Keycloak counts as unavailable
 * @param pause the time for which Keycloak is not called after a failure
 */
@ConfigurationProperties("plumbline.directory")
record DirectorySettings(
    @Nullable URI url,
    @DefaultValue("5m") Duration life,
    @DefaultValue("3s") Duration timeout,
    @DefaultValue("5s") Duration pause) {}
