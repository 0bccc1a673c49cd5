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

  void found(String finding) {
    findings.add(finding);
  }

  /** Records that the server gave an answer. */
  void answers() {
    reachable = true;
  }

  void address(ProbedAddress found) {
    reachable = true;
    address = found;
  }

  void address(ProbedAddress found, String finding) {
    address(found);
    found(finding);
  }

  /**
   * Suggests another base URL.
   *
   * @param finding the format of the finding, with a place for the address
   */
  void suggest(ProbedAddress found, URI base, String finding) {
    suggestion = base;
    address(found, finding.formatted(base));
  }

  void key(ProbedKey found, String finding) {
    reachable = true;
    key = found;
    found(finding);
  }

  void called(ProbedCall made) {
    call = made;
  }

  /** Compares the list with the declared models, unless it has further pages. */
  void listed(ModelList list) {
    models = list;
    unlisted = unlisted(list);
    if (list.names().isEmpty()) {
      found("The server lists no models.");
    }
    if (!unlisted.isEmpty() && !list.names().isEmpty()) {
      found(
          "The server does not list %s. Check the name, unless the server accepts it as an alias."
              .formatted(some(unlisted)));
    }
  }

  private List<String> unlisted(ModelList list) {
    if (!list.whole()) {
      return List.of();
    }
    return provider.models().stream().filter(model -> !list.has(model)).toList();
  }

  private static String some(List<String> names) {
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

  ProviderProbe probe() {
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
