package io.plumbline.compliance.ledger;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads every key that heads were ever signed with. */
@Component
public class HeadVerificationKeys {

  /**
   * A key that verifies the signatures of heads.
   *
   * @param publicKey the key in X.509 form, in Base64
   */
  public record VerificationKey(String keyId, String publicKey, String algorithm) {}

  private final JdbcTemplate sql;

  HeadVerificationKeys(JdbcTemplate sql) {
    this.sql = sql;
  }

  @Transactional(readOnly = true)
  public List<VerificationKey> all() {
    return sql.query(
        "SELECT key_id, public_key FROM ledger_key ORDER BY since",
        (row, index) ->
            new VerificationKey(row.getString("key_id"), row.getString("public_key"), "Ed25519"));
  }
}
