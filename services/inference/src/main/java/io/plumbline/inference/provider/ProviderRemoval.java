package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import java.util.List;

/**
 * The event that a provider is about to be removed in the current transaction. A listener that
 * needs one of its connections refuses the removal by throwing a problem.
 */
public record ProviderRemoval(String provider, List<Digest> connections) {

  public ProviderRemoval {
    connections = List.copyOf(connections);
  }
}
