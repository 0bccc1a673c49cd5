package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.author.AuthorKeys;
import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.Refusal;
import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.platform.event.EventVerifier;
import io.plumbline.platform.signature.Authenticity;
import io.plumbline.platform.signature.VerificationKeys;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Checks that every entry was written by the service that it names. An entry that was refused when
 * it was received is a warning, because it is recorded as refused and had no effect. An entry that
 * is recorded as an event without a valid signature was inserted into the database.
 */
public final class AuthorCheck implements EntryCheck {

  private final VerificationKeys keys;
  private final EventVerifier verifier;
  private final long verified;

  /**
   * Creates a check.
   *
   * @param keys the keys that are believed; those of the database are not, because somebody who may
   *     write into it could add one
   * @param verified the index before which all signatures are known to be valid
   */
  public AuthorCheck(VerificationKeys keys, long verified) {
    this.keys = keys;
    this.verifier = new EventVerifier(keys);
    this.verified = verified;
  }

  @Override
  public List<Finding> check(Connection connection, List<StoredEntry> entries) {
    List<Finding> findings = new ArrayList<>();
    for (StoredEntry entry : entries) {
      if (entry.hasContent()) {
        checkAuthor(entry).ifPresent(findings::add);
      }
    }
    return findings;
  }

  @Override
  public List<Finding> finish(Connection connection) throws SQLException {
    return new AuthorKeys(connection)
        .unlisted(keys).stream()
            .map(key ->
                Finding.general(
                    "The key "
                        + key
                        + " stands in ledger_author_key and is not configured: it was inserted, or"
                        + " it was retired and has to stay listed for what it signed"))
            .toList();
  }

  private Optional<Finding> checkAuthor(StoredEntry entry) {
    try {
      Optional<Refusal> refusal = Refusal.readFrom(entry.content());
      if (refusal.isPresent()) {
        return Optional.of(Finding.refused(entry, refusalWarning(entry, refusal.get())));
      }
      if (entry.index() < verified) {
        return Optional.empty();
      }
      return signatureFault(entry);
    } catch (IllegalStateException e) {
      // The headers were changed, which the check of the digest reports.
      return Optional.empty();
    }
  }

  private Optional<Finding> signatureFault(StoredEntry entry) {
    Authenticity authenticity =
        verifier.verify(entry.topic(), headers(entry), entry.content().value());
    if (authenticity == Authenticity.AUTHENTIC) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            entry,
            "it stands there as an event of "
                + entry.source()
                + ", and is none: "
                + authenticity.explanation()));
  }

  private static String refusalWarning(StoredEntry entry, Refusal refusal) {
    return "received "
        + refusal.at()
        + " and refused as a message of "
        + namedService(entry)
        + ": "
        + refusal.explanation();
  }

  /**
   * Returns the name of the service that an entry names, if the name is safe to show; else {@code
   * the named service}.
   */
  private static String namedService(StoredEntry entry) {
    return entry.content().decodeHeaders().stream()
        .filter(header -> header.name().equals("ce_source"))
        .map(header -> text(header).replaceFirst("^/", ""))
        .filter(name -> name.matches("[a-z-]{1,40}"))
        .findFirst()
        .orElse("the named service");
  }

  private static String text(EntryHeader header) {
    return new String(
        Objects.requireNonNullElse(header.value(), new byte[0]), StandardCharsets.UTF_8);
  }

  private static List<Header> headers(StoredEntry entry) {
    return entry.content().decodeHeaders().stream()
        .map(header -> (Header) new RecordHeader(header.name(), header.value()))
        .toList();
  }
}
