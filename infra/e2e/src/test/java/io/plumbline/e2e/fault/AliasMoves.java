package io.plumbline.e2e.fault;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Points one alias after another at a version of a model that was trained before. */
final class AliasMoves implements Change {

  private final PatientClient ada = new PatientClient("ada");
  private final PatientClient cleo = new PatientClient("cleo");
  private final String model;
  private final String prefix;

  private AliasMoves(String model, String prefix) {
    this.model = model;
    this.prefix = prefix;
  }

  /**
   * Returns the moves of an alias of some model, or nothing when no model has a version, because
   * nothing was trained on this platform.
   */
  static Optional<Change> onSomeModel(String prefix) {
    return new PatientClient("ada")
        .all("/api/models").stream()
            .filter(each -> each.at("/latestVersion").asInt() > 0)
            .map(each -> each.at("/name").asString())
            .findFirst()
            .map(model -> new AliasMoves(model, prefix));
  }

  @Override
  public boolean attempt(int number, String key) {
    return ada.put(
                "/api/models/" + model + "/aliases/" + prefix + "-" + number,
                Map.of("version", 1),
                Map.of())
            .status()
        == 200;
  }

  @Override
  public List<Integer> inEffect(int acknowledged) {
    return ada.whole("/api/models/" + model + "/aliases").stream()
        .map(each -> each.at("/alias").asString())
        .filter(alias -> alias.startsWith(prefix + "-"))
        .map(alias -> Integer.parseInt(alias.substring(prefix.length() + 1)))
        .toList();
  }

  @Override
  public long entries() {
    return cleo.all("/api/audit?type=model.alias-moved&object=" + model).stream()
        .filter(entry -> entry.at("/payload/alias").asString("").startsWith(prefix + "-"))
        .count();
  }
}
