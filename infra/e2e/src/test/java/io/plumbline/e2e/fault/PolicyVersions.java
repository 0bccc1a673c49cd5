package io.plumbline.e2e.fault;

import java.util.List;
import java.util.Map;

/** Has one version of a policy after another proposed and activated; each admits everything. */
public final class PolicyVersions implements Change {

  private final PatientClient cleo = new PatientClient("cleo");
  private final PatientClient root = new PatientClient("root");
  private final String policy;

  public PolicyVersions(String policy) {
    this.policy = policy;
  }

  @Override
  public boolean attempt(int number, String key) {
    PatientClient.Reply proposed =
        cleo.post(
            "/api/policies",
            key,
            Map.of(
                "name",
                policy,
                "target",
                "dataset-admission",
                "source",
                "[{\"name\":\"any-rows\",\"expression\":\"dataset.rows >="
                    + " 0\",\"message\":\"change "
                    + number
                    + "\"}]"));
    return proposed.status() == 201
        && root.post(
                    "/api/policy-proposals/"
                        + proposed.json().at("/proposalId").asString()
                        + "/decisions",
                    key + "-decision",
                    Map.of("decision", "APPROVED"))
                .status()
            == 200;
  }

  @Override
  public List<Integer> inEffect(int acknowledged) {
    return cleo.whole("/api/policies/" + policy).stream()
        .map(version -> version.at("/source").asString().replaceAll("\\D+$", ""))
        .map(source -> Integer.parseInt(source.substring(source.lastIndexOf(' ') + 1)))
        .toList();
  }

  @Override
  public long entries() {
    return cleo.all("/api/audit?type=policy.activated&object=" + policy).size();
  }
}
