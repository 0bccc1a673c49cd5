package io.plumbline.inference.provider.probe;

import io.plumbline.contracts.Digest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a test of a provider's connection.
 *
 * @param connectionDigest the connection that was tested, which is the one at present
 * @param ready whether nothing was found that stands against a call
 * @param reachable whether the server answered anything
 * @param suggestedBaseUrl the base URL to connect the provider to; absent when there is none to
 *     suggest
 * @param models that the server lists, the first ones
 * @param moreModels whether it lists others
 * @param unlistedModels of those that the provider declares, which the server does not list
 * @param call the short call; absent when none was made
 * @param findings in plain words, in the order in which they were made
 */
record ProviderProbe(
    String provider,
    Digest connectionDigest,
    boolean ready,
    boolean reachable,
    ProbedAddress address,
    @Nullable URI suggestedBaseUrl,
    ProbedKey apiKey,
    List<String> models,
    boolean moreModels,
    List<String> unlistedModels,
    @Nullable ProbedCall call,
    List<String> findings) {

  /** The most names of models that are shown. */
  static final int MAX_MODELS = 100;

  ProviderProbe {
    models = List.copyOf(models);
    unlistedModels = List.copyOf(unlistedModels);
    findings = List.copyOf(findings);
  }
}
