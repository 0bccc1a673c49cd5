package io.plumbline.inference.provider.probe;

import io.plumbline.inference.provider.Provider;
import io.plumbline.inference.provider.protocol.ModelList;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the findings of a probe, in their order. */
final class ProbeReport {

  private static final Set<ProbedAddress> WRONG =
      Set.of(ProbedAddress.VERSION_MISSING, ProbedAddress.ENDS_IN_OPERATION);
  private static final Set<ProbedKey> NO_KEY = Set.of(ProbedKey.REFUSED, ProbedKey.MISSING);

  /** The maximum number of names in one finding. */
  private static final int NAMED = 5;

  private final Provider provider;
  private final List<String> findings = new ArrayList<>();
  private boolean reachable;
  private ProbedAddress address = ProbedAddress.NOT_CHECKED;
  private ProbedKey key = ProbedKey.NOT_CHECKED;
  private @Nullable URI suggestion;
  private ModelList models = new ModelList(List.of(), true);
  private List<String> unlisted = List.of();
  private @Nullable ProbedCall call;

  ProbeReport(Provider provider) {
    this.provider = provider;
  }

  void addFinding(String finding) {
    findings.add(finding);
  }

  /** Records that the server gave an answer. */
  void markReachable() {
    reachable = true;
  }

  void setAddress(ProbedAddress found) {
    reachable = true;
    address = found;
  }

  void setAddress(ProbedAddress found, String finding) {
    setAddress(found);
    addFinding(finding);
  }

  /**
   * Suggests another base URL.
   *
   * @param finding the format of the finding, with a place for the address
   */
  void suggestAddress(ProbedAddress found, URI base, String finding) {
    suggestion = base;
    setAddress(found, finding.formatted(base));
  }

  void setKey(ProbedKey found, String finding) {
    reachable = true;
    key = found;
    addFinding(finding);
  }

  void setCall(ProbedCall made) {
    call = made;
  }

  /** Compares the server's list with the declared models, unless the list has further pages. */
  void compareModels(ModelList list) {
    models = list;
    unlisted = unlistedModels(list);
    if (list.names().isEmpty()) {
      addFinding("The server lists no models.");
    }
    if (!unlisted.isEmpty() && !list.names().isEmpty()) {
      addFinding(
          "The server does not list %s. Check the name, unless the server accepts it as an alias."
              .formatted(firstNames(unlisted)));
    }
  }

  private List<String> unlistedModels(ModelList list) {
    if (!list.whole()) {
      return List.of();
    }
    return provider.models().stream().filter(model -> !list.contains(model)).toList();
  }

  private static String firstNames(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    if (names.size() <= NAMED) {
      return first;
    }
    return first + " and %d others".formatted(names.size() - NAMED);
  }

  /** Returns whether the findings so far rule out that a call of a model is answered. */
  boolean rulesOutCall() {
    return !reachable || WRONG.contains(address) || NO_KEY.contains(key);
  }

  ProviderProbe toProbe() {
    List<String> names = models.names();
    return new ProviderProbe(
        provider.name(),
        provider.connection().digest(),
        !rulesOutCall() && address == ProbedAddress.CORRECT && (call == null || call.answered()),
        reachable,
        address,
        suggestion,
        key,
        names.stream().limit(ProviderProbe.MAX_MODELS).toList(),
        names.size() > ProviderProbe.MAX_MODELS || !models.whole(),
        unlisted,
        call,
        findings);
  }
}
