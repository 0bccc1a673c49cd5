package io.plumbline.compliance.approval;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long requests wait.
 *
 * @param expiry after which a request nobody decided on ends
 * @param sweepInterval how often that is looked for
 */
@ConfigurationProperties("plumbline.approvals")
record ApprovalSettings(
    @DefaultValue("14d") Duration expiry, @DefaultValue("1m") Duration sweepInterval) {}
