package io.plumbline.compliance.approval;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Expiry of requests.
 *
 * @param expiry after which an undecided request ends
 * @param sweepInterval how often expired requests are looked for
 */
@ConfigurationProperties("plumbline.approvals")
record ApprovalSettings(
    @DefaultValue("14d") Duration expiry, @DefaultValue("1m") Duration sweepInterval) {}
