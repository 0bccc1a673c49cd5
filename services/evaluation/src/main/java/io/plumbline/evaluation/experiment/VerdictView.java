package io.plumbline.evaluation.experiment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumbline.evaluation.projection.ModelServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict in the API.
 *
 * @param models the models that may have answered, the variant's own first. The name of a
 *     provider's model begins with that of its connection
 * @param modelServers the servers of providers' models that items were sent to, for the answers and
 *     for their judges. The operator of each sees every item
 * @param fallbackItems the number of items of its run that a fallback model of the variant
 *     answered. They count like all others, so the verdict is on that mixture of models
 * @param retries the calls of its attempt beyond the one per question that counts, because the
 *     model was not asked, the platform failed or the model's server was away
 * @param pauses how often its run paused because the model's server was away
 * @param supersededBy why the release gate ignores the verdict now; null while the gate considers
 *     it. Always null for a canary that did not fail, since the gate never considers one
 */
record VerdictView(
    @JsonUnwrapped Verdict verdict,
    List<String> models,
    List<ModelServer> modelServers,
    int fallbackItems,
    int retries,
    int pauses,
    @Nullable Supersession supersededBy) {

  /** The reason why a verdict is superseded. */
  enum Supersession {
    LATER_VERDICT,
    NEW_CRITERIA
  }
}
