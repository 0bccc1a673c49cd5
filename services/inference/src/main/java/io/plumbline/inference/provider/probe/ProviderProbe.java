package io.plumbline.inference.provider.probe;

import io.plumbline.contracts.Digest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a test of a provider's connection.
 *
 * @param connectionDigest the connection that was tested, which is the current one
 * @param ready whether no finding is against a call
 * @param reachable whether the server gave any answer
 * @param suggestedBaseUrl the base URL to connect the provider to; absent when there is none to
 *     suggest
 * @param models the first models that the server lists
 * @param moreModels whether the server lists more models
 * @param unlistedModels the models that the provider declares but the server does not list
 * @param call the short call; absent when none was made
 * @param findings the findings as sentences, in the order in which they were made
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

  /** The maximum number of models that are shown. */
  static final int MAX_MODELS = 100;

  ProviderProbe {
    models = List.copyOf(models);
    unlistedModels = List.copyOf(unlistedModels);
    findings = List.copyOf(findings);
  }
}
