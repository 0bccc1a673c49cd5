package io.plumbline.inference.release;

import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The environments that a release may name: those of the installation, and those where the
 * application already has a release, so that environments from before there was a list stay valid.
 */
@Component
class Environments {

  private final ReleaseSettings settings;
  private final Releases releases;
  private final JdbcClient sql;

  Environments(ReleaseSettings settings, Releases releases, JdbcClient sql) {
    this.settings = settings;
    this.releases = releases;
    this.sql = sql;
  }

  /**
   * Returns the environments of the installation, in its order, and then those of the application.
   * Rejected requests do not count, or a typing error would become an environment.
   */
  @Transactional(readOnly = true)
  List<String> allowedForApplication(String application) {
    return Stream.concat(
            settings.environments().stream(),
            releases.environments(application, ReleaseState.REJECTED).stream())
        .distinct()
        .toList();
  }

  /**
   * Locks the environment of a release to the end of the transaction. A release that was read
   * before may be stale; saving it then fails by its version.
   */
  void lock(Release release) {
    AdvisoryLocks.lock(sql, 0, "/" + release.application() + "/" + release.environment());
  }

  /**
   * Checks that a release of the application may name the environment.
   *
   * @param pointer the place of the value in the request
   * @throws Problem that lists the known environments
   */
  @Transactional(readOnly = true)
  void requireKnown(String application, String environment, String pointer) {
    if (settings.environments().contains(environment)) {
      return;
    }
    List<String> known = allowedForApplication(application);
    if (!known.contains(environment)) {
      throw Problem.invalid(
          pointer,
          ("must be an environment of application %s: %s. '%s' is none of them. An operator can add"
                  + " it in plumbline.releases.environments.")
              .formatted(application, String.join(", ", known), environment));
    }
  }
}
