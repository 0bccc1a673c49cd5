package io.plumbline.compliance.directory;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how names are asked for.
 *
 * @param url the realm in Keycloak's admin REST API, when it does not lie where the token endpoint
 *     says
 * @param life how long an answer is remembered, and so how long a removed person can still be named
 * @param timeout after which Keycloak counts as away
 * @param pause for which it is then left alone
 */
@ConfigurationProperties("plumbline.directory")
record DirectorySettings(
    @Nullable URI url,
    @DefaultValue("5m") Duration life,
    @DefaultValue("3s") Duration timeout,
    @DefaultValue("5s") Duration pause) {}
