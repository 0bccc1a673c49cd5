package io.plumbline.platform.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.plumbline.contracts.Digest;
import java.util.List;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The client that asks the ledger for consistency proofs. */
@HttpExchange
interface LedgerApi {

  /**
   * A consistency proof. The roots that the ledger also sends are not read, because a proof is held
   * against signed roots alone.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Proof(List<Digest> path) {

    public Proof {
      // JSON without a path leaves the component null.
      path = path == null ? List.of() : List.copyOf(path);
    }
  }

  /** Proves that the tree of {@code from} entries is the beginning of that of {@code to}. */
  @GetExchange("/api/ledger/consistency")
  Proof proveConsistency(@RequestParam long from, @RequestParam long to);
}
