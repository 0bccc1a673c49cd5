package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import java.util.List;

/**
 * A provider is about to be removed, in the current transaction: a listener that needs one of its
 * connections refuses by a problem.
 */
public record ProviderRemoval(String provider, List<Digest> connections) {

  public ProviderRemoval {
    connections = List.copyOf(connections);
  }
}
