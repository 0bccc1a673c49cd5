package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.head.HeadFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the ledger.
 *
 * @param headInterval the time after which a head is signed again while no entries arrive
 * @param batchSize the maximum number of entries in one signed batch
 * @param keyDirectory the directory of the signing key, readable by its owner only
 * @param headFile the file outside the database that keeps the largest signed head; {@code
 *     largest-head.json} in the key's directory if absent. Each replica needs its own
 * @param acceptSmallerLog whether this start accepts a log that is smaller than the signed one or
 *     differs from it
 * @param acceptNewKey whether a new key may be created although heads are signed with another
 * @param receiptSources the services that receive a receipt with the ledger index of each of their
 *     events
 */
@ConfigurationProperties("plumbline.ledger")
public record SequencerSettings(
    @DefaultValue("3s") Duration headInterval,
    @DefaultValue("2000") int batchSize,
    @DefaultValue(".plumbline/ledger") Path keyDirectory,
    @Nullable Path headFile,
    @DefaultValue("false") boolean acceptSmallerLog,
    @DefaultValue("false") boolean acceptNewKey,
    @DefaultValue({"strategy", "evaluation"}) Set<String> receiptSources) {

  /** Returns the file of the largest signed head. */
  public Path largestHeadFile() {
    return headFile == null ? keyDirectory.resolve(HeadFile.NAME) : headFile;
  }
}
