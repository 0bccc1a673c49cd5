package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.head.HeadFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the ledger.
 *
 * @param headInterval how often a head is signed while no entries arrive
 * @param batchSize how many entries one signed batch holds at most
 * @param keyDirectory the directory of the signing key, readable by its owner only
 * @param headFile where the largest signed head is kept outside the database; {@code
 *     largest-head.json} in the key's directory when absent. Each replica needs its own
 * @param acceptSmallerLog whether a log that is smaller than, or differs from, what was signed is
 *     accepted at this start
 * @param acceptNewKey whether a new key may be created although heads are signed with another
 * @param receiptSources the services that receive a receipt with the ledger index of each of their
 *     events
 */
@ConfigurationProperties("plumbline.ledger")
public record LogSettings(
    @DefaultValue("3s") Duration headInterval,
    @DefaultValue("2000") int batchSize,
    @DefaultValue(".plumbline/ledger") Path keyDirectory,
    @Nullable Path headFile,
    @DefaultValue("false") boolean acceptSmallerLog,
    @DefaultValue("false") boolean acceptNewKey,
    @DefaultValue({"strategy", "evaluation"}) Set<String> receiptSources) {

  /** The file of the largest signed head. */
  public Path largestHead() {
    return headFile == null ? keyDirectory.resolve(HeadFile.NAME) : headFile;
  }
}
