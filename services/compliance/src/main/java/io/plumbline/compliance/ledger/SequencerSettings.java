package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.head.HeadFile;
import io.plumbline.platform.ledger.HeadSignature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
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
 * @param origin the name of the log in its checkpoints, when the ledger begins; absent to draw one
 * @param replaceKey the replacement of the key; absent while none is due
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
    @Nullable String origin,
    @Nullable KeyReplacement replaceKey,
    @DefaultValue({"strategy", "evaluation"}) Set<String> receiptSources) {

  private static final int MAX_STATEMENT = 2_000;

  /**
   * The replacement of a signing key.
   *
   * @param id the id of the key that is replaced; no other key is
   * @param statement what the operator states about it: who decided, when and why. Without it, only
   *     a key that is still present can be replaced, because it signs the statement that names the
   *     new one
   */
  public record KeyReplacement(String id, @Nullable String statement) {

    public KeyReplacement {
      Objects.requireNonNull(id, "plumbline.ledger.replace-key.id must name the key");
      statement = statement == null || statement.isBlank() ? null : statement.strip();
      if (statement != null && statement.length() > MAX_STATEMENT) {
        throw new IllegalArgumentException(
            "plumbline.ledger.replace-key.statement has more than "
                + MAX_STATEMENT
                + " characters");
      }
    }
  }

  public SequencerSettings {
    origin = origin == null || origin.isBlank() ? null : HeadSignature.requireOrigin(origin);
  }

  /** Returns the file of the largest signed head. */
  public Path largestHeadFile() {
    return headFile == null ? keyDirectory.resolve(HeadFile.NAME) : headFile;
  }
}
