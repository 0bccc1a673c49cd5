package io.plumbline.e2e.fault;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Adds providers and removes them again: a change is acknowledged once the removal is. */
public final class Removals implements Change {

  /** The address of a provider that is never called. A number needs no name server. */
  private static final String ADDRESS = "https://1.1.1.1/v1";

  private final PatientClient root = new PatientClient("root");
  private final PatientClient cleo = new PatientClient("cleo");
  private final String prefix;

  public Removals(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public boolean attempt(int number, String key) {
    String name = prefix + "-" + number;
    int added =
        root.post(
                "/api/providers",
                key,
                Map.of(
                    "name",
                    name,
                    "kind",
                    "openai-compatible",
                    "baseUrl",
                    ADDRESS,
                    "models",
                    List.of("m")))
            .status();
    // When it is sent again after the removal, the key gets its former answer and adds nothing.
    if (added != 201) {
      return false;
    }
    int removed = root.delete("/api/providers/" + name).status();
    return removed == 204 || removed == 404;
  }

  @Override
  public List<Integer> inEffect(int acknowledged) {
    Set<String> present =
        root.whole("/api/providers").stream()
            .map(each -> each.at("/name").asString())
            .collect(Collectors.toSet());
    return IntStream.range(0, acknowledged)
        .filter(number -> !present.contains(prefix + "-" + number))
        .boxed()
        .toList();
  }

  @Override
  public long entries() {
    return cleo.all("/api/audit?type=provider.disconnected").stream()
        .filter(entry -> entry.at("/payload/provider").asString("").startsWith(prefix + "-"))
        .count();
  }
}
