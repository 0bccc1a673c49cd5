package io.plumbline.inference.authorship;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.projection.PromptProjection;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * The authors of prompt versions. The event of a version names them. Older events do not: for their
 * versions, prompt-registry is asked once, and the answer is kept.
 */
@Component
public class PromptAuthors {

  private static final Logger log = LoggerFactory.getLogger(PromptAuthors.class);

  private final PromptProjection prompts;
  private final PromptAuthorsApi registry;

  PromptAuthors(PromptProjection prompts, PromptAuthorsApi registry) {
    this.prompts = prompts;
    this.registry = registry;
  }

  /**
   * Returns the authors of a prompt version.
   *
   * @throws Problem that names the digest while no version with it has arrived, and 503 when the
   *     registry has to be asked and does not answer
   */
  public List<String> of(Digest prompt) {
    if (!prompts.isKnown(prompt)) {
      throw Problem.notYetKnown("/promptDigest");
    }
    if (prompts.authors(prompt).isEmpty()) {
      prompts.addAuthors(prompt, fetch(prompt));
    }
    return prompts.authors(prompt);
  }

  private List<String> fetch(Digest prompt) {
    try {
      return registry.listPromptAuthors(prompt.hex()).authors();
    } catch (RestClientException e) {
      log.warn(
          "The authors of prompt version {} could not be fetched from prompt-registry. The request"
              + " that needs them is answered with 503: {}",
          prompt.abbreviated(),
          e.toString());
      throw new Problem(
              CommonProblem.UNAVAILABLE,
              "The authors of the prompt version could not be fetched from prompt-registry; try"
                  + " again in a second.")
          .retryAfter(Duration.ofSeconds(1));
    }
  }
}
