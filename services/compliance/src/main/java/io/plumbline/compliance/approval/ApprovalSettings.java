package io.plumbline.compliance.approval;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for the expiry of requests.
 *
 * @param expiry the time after which an undecided request ends
 * @param sweepInterval the time between two searches for expired requests
 */
@ConfigurationProperties("plumbline.approvals")
record ApprovalSettings(
    @DefaultValue("14d") Duration expiry, @DefaultValue("1m") Duration sweepInterval) {}
