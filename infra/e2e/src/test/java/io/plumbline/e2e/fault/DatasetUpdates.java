package io.plumbline.e2e.fault;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Changes the description of one dataset, each time from the version that was read before. */
public final class DatasetUpdates implements Change {

  private final PatientClient ada = new PatientClient("ada");
  private final PatientClient cleo = new PatientClient("cleo");
  private final String dataset;
  private long first;

  public DatasetUpdates(String dataset) {
    this.dataset = dataset;
  }

  @Override
  public void prepare() {
    Prepared.dataset(ada, dataset);
    first = version(ada.get(path()));
  }

  /**
   * Updates the description. An update whose answer was lost is recognised by the description that
   * is there.
   */
  @Override
  public boolean attempt(int number, String key) {
    PatientClient.Reply present = ada.get(path());
    if (present.status() != 200) {
      return false;
    }
    if (present.json().at("/description").asString("").equals(description(number))) {
      return true;
    }
    return ada.put(
                path(),
                Map.of(
                    "description",
                    description(number),
                    "licence",
                    "CC0-1.0",
                    "legalBasis",
                    "generated"),
                Map.of("If-Match", present.etag()))
            .status()
        == 200;
  }

  /**
   * Returns the numbers of the updates. Each raises the version by one, and the last one is the
   * description that is there.
   */
  @Override
  public List<Integer> inEffect(int acknowledged) {
    PatientClient.Reply present = ada.get(path());
    boolean last =
        acknowledged == 0
            || present.json().at("/description").asString("").equals(description(acknowledged - 1));
    int updates = Math.toIntExact(version(present) - first);
    return IntStream.range(0, last ? updates : 0).boxed().toList();
  }

  @Override
  public long entries() {
    return cleo.all("/api/audit?type=dataset.described&object=" + dataset).size();
  }

  private String path() {
    return "/api/datasets/" + dataset;
  }

  private static String description(int number) {
    return "update " + number;
  }

  private static long version(PatientClient.Reply dataset) {
    return Long.parseLong(dataset.etag().replaceAll("\\D", ""));
  }
}
