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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
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
  private final TransactionTemplate transaction;

  PromptAuthors(
      PromptProjection prompts,
      PromptAuthorsApi registry,
      PlatformTransactionManager transactionManager) {
    this.prompts = prompts;
    this.registry = registry;
    this.transaction = new TransactionTemplate(transactionManager);
  }

  /**
   * Asks the registry for the authors of a prompt version if they are not known yet. The caller has
   * no transaction, whose connection would be held while the registry answers.
   *
   * @throws Problem 503 when the registry does not answer
   */
  public void fetchMissing(Digest prompt) {
    boolean missing =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> prompts.isKnown(prompt) && prompts.authors(prompt).isEmpty()));
    if (missing) {
      List<String> authors = fetch(prompt);
      transaction.executeWithoutResult(status -> prompts.addAuthors(prompt, authors));
    }
  }

  /**
   * Returns the authors of a prompt version.
   *
   * @throws Problem that names the digest while no version with it has arrived, and 503 while its
   *     authors are not known, which a request asks for before its transaction
   */
  public List<String> of(Digest prompt) {
    if (!prompts.isKnown(prompt)) {
      throw Problem.notYetKnown("/promptDigest");
    }
    List<String> authors = prompts.authors(prompt);
    if (authors.isEmpty()) {
      throw unavailableProblem();
    }
    return authors;
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
      throw unavailableProblem();
    }
  }

  private static Problem unavailableProblem() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "The authors of the prompt version could not be fetched from prompt-registry; try again"
                + " in a second.")
        .retryAfter(Duration.ofSeconds(1));
  }
}
