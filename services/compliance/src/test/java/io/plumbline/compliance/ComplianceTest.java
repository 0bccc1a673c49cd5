package io.plumbline.compliance;

import io.plumbline.compliance.directory.KeycloakStub;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * Runs a test against the running service with its own Keycloak stub. All tests share one service,
 * because two would compete for the ledger's lock.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@PlumblineTest
@ActiveProfiles("test")
@ContextConfiguration(initializers = {EmbeddedServers.class, KeycloakStub.class})
public @interface ComplianceTest {}
