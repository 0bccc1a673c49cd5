package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.ReleaseState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Releases extends JpaRepository<Release, UUID> {

  Optional<Release> findByApplicationAndEnvironmentAndState(
      String application, String environment, ReleaseState state);

  List<Release> findByApplicationAndEnvironmentAndStateOrderByRequestedAtAsc(
      String application, String environment, ReleaseState state);

  Optional<Release> findFirstByApplicationAndVariantAndStateInOrderByIdDesc(
      String application, Digest variant, Collection<ReleaseState> states);

  List<Release> findByIdLessThanOrderByIdDesc(UUID before, Limit limit);

  List<Release> findByApplicationAndIdLessThanOrderByIdDesc(
      String application, UUID before, Limit limit);

  List<Release> findByStateIn(Collection<ReleaseState> states);

  long countByApplication(String application);

  /** Returns the environments that an application's releases name, except those in a state. */
  @Query(
      """
      SELECT DISTINCT r.environment FROM Release r
      WHERE r.application = :application AND r.state <> :state ORDER BY r.environment
      """)
  List<String> environments(String application, ReleaseState state);

  /** Returns the release that a release replaces, or replaced. */
  default Optional<Release> findPrevious(Release release) {
    return Optional.ofNullable(release.previousId()).flatMap(this::findById);
  }
}
