package io.plumbline.compliance.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is kept.
 *
 * @param headInterval how often a head is signed while nothing happens
 * @param batchSize how many entries one signed batch holds at most
 * @param keyDirectory where the signing key lives, readable by its owner only
 * @param acceptNewKey whether a new key may be made although heads signed with another exist
 * @param receiptSources the services that are told the index of each of their events
 */
@ConfigurationProperties("plumbline.ledger")
record LogSettings(
    @DefaultValue("3s") Duration headInterval,
    @DefaultValue("2000") int batchSize,
    @DefaultValue(".plumbline/ledger") Path keyDirectory,
    @DefaultValue("false") boolean acceptNewKey,
    @DefaultValue({"strategy", "evaluation"}) Set<String> receiptSources) {}
