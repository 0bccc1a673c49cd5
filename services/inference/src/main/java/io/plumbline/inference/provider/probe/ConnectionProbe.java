package io.plumbline.inference.provider.probe;

import io.plumbline.inference.provider.Connection;
import io.plumbline.inference.provider.Endpoint;
import io.plumbline.inference.provider.Provider;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.provider.protocol.ModelList;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tests whether a connection can be called. It lists the models of the server, and lists them again
 * without the key, because a public list says nothing about the key. If there is no list, it looks
 * for one below the version in which base URLs of the protocol usually end. All of that costs
 * nothing. A model is called only when it is named.
 */
@Component
class ConnectionProbe {

  /** The maximum time of one list. */
  static final Duration LIST = Duration.ofSeconds(8);

  /** The maximum time of a whole probe, which is less than clients wait. */
  static final Duration ALL = Duration.ofSeconds(40);

  private static final String REFUSED_KEY = "provider_refused_key";

  /** The codes of failures without an answer of the server. */
  private static final Set<String> UNANSWERED =
      Set.of(
          "provider_unreachable",
          "provider_timeout",
          "provider_tls",
          "provider_proxy",
          "provider_address");

  private static final Set<Integer> NOT_THERE = Set.of(404, 405);

  private final ProviderClient client;
  private final ModelTestCaller call;

  ConnectionProbe(ProviderClient client, ModelTestCaller call) {
    this.client = client;
    this.call = call;
  }

  /**
   * Tests a provider.
   *
   * @param model the model to call; absent to call none
   */
  ProviderProbe test(Provider provider, @Nullable String model) {
    long started = System.nanoTime();
    ProbeReport report = new ProbeReport(provider);
    testList(provider.connection(), report);
    if (model != null) {
      if (report.rulesOutCall()) {
        report.addFinding("%s was not called, since the call would fail.".formatted(model));
      } else {
        testCall(provider, model, ALL.minusNanos(System.nanoTime() - started), report);
      }
    }
    return report.toProbe();
  }

  private void testList(Connection connection, ProbeReport report) {
    try {
      ModelList models = client.listModels(connection, "", true, LIST);
      report.setAddress(ProbedAddress.CORRECT, "The server answers at the base URL.");
      report.compareModels(models);
      checkKey(connection, "", report);
    } catch (UpstreamException e) {
      if (isNotThere(e)) {
        report.markReachable();
        suggestOtherBaseUrl(connection, report);
      } else {
        reportFailure(connection, e, report);
      }
    }
  }

  private static boolean isNotThere(UpstreamException failure) {
    return NOT_THERE.contains(failure.status()) || failure.code().equals("provider_malformed");
  }

  private static void reportFailure(
      Connection connection, UpstreamException failure, ProbeReport report) {
    if (failure.isAttempted() && !UNANSWERED.contains(failure.code())) {
      report.markReachable();
    }
    if (failure.code().equals(REFUSED_KEY)) {
      report.setKey(refusedKey(connection), String.valueOf(failure.getMessage()));
    } else {
      report.addFinding(String.valueOf(failure.getMessage()));
    }
  }

  private static ProbedKey refusedKey(Connection connection) {
    return connection.hasKey() ? ProbedKey.REFUSED : ProbedKey.MISSING;
  }

  /** Requests the list without the key: a public list does not show whether the key is valid. */
  private void checkKey(Connection connection, String below, ProbeReport report) {
    if (!connection.hasKey()) {
      report.addFinding(
          "No API key is stored, and the server lists its models without one. Only a call to a"
              + " model shows whether calls need a key.");
      return;
    }
    try {
      client.listModels(connection, below, false, LIST);
      report.addFinding(
          "The server lists its models without an API key, so the list does not show whether the"
              + " key is valid. Only a call to a model does.");
    } catch (UpstreamException e) {
      if (e.code().equals(REFUSED_KEY) || e.status() == 400) {
        report.setKey(ProbedKey.ACCEPTED, "The server accepts the API key.");
      } else {
        report.addFinding("The test could not determine whether the server checks the API key.");
      }
    }
  }

  private void suggestOtherBaseUrl(Connection connection, ProbeReport report) {
    Endpoint endpoint = connection.endpoint();
    Optional<URI> shorter = endpoint.baseUrlWithoutOperation();
    if (shorter.isPresent()) {
      report.suggestAddress(
          ProbedAddress.ENDS_IN_OPERATION,
          shorter.get(),
          "The base URL ends in an operation, and every call appends one. Connect the provider to"
              + " %s.");
      return;
    }
    Optional<String> version = endpoint.missingVersion();
    if (version.isEmpty() || !answersBelowVersion(connection, version.get(), report)) {
      report.setAddress(
          ProbedAddress.NOT_FOUND,
          "The server has no list of models below the base URL. Either the address is wrong, or the"
              + " server does not list its models, as with an Azure deployment. Only a call to a"
              + " model shows which.");
    }
  }

  /** Returns whether the server has a list below the usual version, even one for another key. */
  private boolean answersBelowVersion(Connection connection, String version, ProbeReport report) {
    URI longer = URI.create(connection.endpoint().baseUrl() + version);
    String finding =
        "The base URL lacks %s. The server answers at %%s: connect the provider to that address."
            .formatted(version);
    try {
      ModelList models = client.listModels(connection, version, true, LIST);
      report.suggestAddress(ProbedAddress.VERSION_MISSING, longer, finding);
      report.compareModels(models);
      checkKey(connection, version, report);
      return true;
    } catch (UpstreamException e) {
      if (!e.code().equals(REFUSED_KEY)) {
        return false;
      }
      report.suggestAddress(ProbedAddress.VERSION_MISSING, longer, finding);
      report.setKey(refusedKey(connection), String.valueOf(e.getMessage()));
      return true;
    }
  }

  private void testCall(Provider provider, String model, Duration limit, ProbeReport report) {
    ModelTestCaller.Ended ended = call.callModel(provider, model, limit);
    UpstreamException failure = ended.failure();
    report.setCall(ended.call());
    if (failure == null) {
      report.setKey(
          provider.connection().hasKey() ? ProbedKey.ACCEPTED : ProbedKey.NOT_NEEDED,
          "%s answered a short call with %d tokens."
              .formatted(provider.qualifiedModelName(model), ended.call().outputTokens()));
      report.setAddress(ProbedAddress.CORRECT);
    } else {
      reportFailure(provider.connection(), failure, report);
    }
  }
}
