package io.plumbline.datasetregistry.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.dataset.DatasetQueries;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.PlumblineTest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests on a real database that all decisions about a version are kept and the newest holds. */
@PlumblineTest
class AdmissionsTests {

  @Autowired Admissions admissions;
  @Autowired DatasetCatalog catalog;
  @Autowired DatasetQueries reads;
  @Autowired PlatformTransactionManager transactions;

  private final UUID workspace = UUID.randomUUID();

  @BeforeEach
  void two_versions() {
    in(() ->
        catalog.register(
            "mails",
            DatasetKind.CLASSIFICATION,
            new Dataset.Description("", "", ""),
            new Dataset.Columns("body", null, List.of())));
    for (int number = 1; number <= 2; number++) {
      in(() ->
          catalog.startVersion(
              "mails",
              new DatasetVersion.Origin("CSV", Digest.ofText("source"), 1, null, List.of()),
              any -> Ids.next()));
    }
  }

  @Test
  void the_newest_decision_about_each_version_holds() {
    add(decision(1, 0, Outcome.PASS));
    add(decision(2, 0, Outcome.PASS));
    add(decision(1, 1, Outcome.FAIL));

    assertThat(in(() -> admissions.newest("mails")))
        .containsExactly(decision(1, 1, Outcome.FAIL), decision(2, 0, Outcome.PASS));
    assertThat(in(() -> admissions.newest("mails", 1))).contains(decision(1, 1, Outcome.FAIL));
  }

  @Test
  void the_newest_decisions_are_read_by_pages() {
    add(decision(1, 0, Outcome.PASS));
    add(decision(2, 0, Outcome.PASS));
    add(decision(1, 1, Outcome.FAIL));

    assertThat(in(() -> admissions.newestAdmissionsPage("", 0, 1)))
        .containsExactly(decision(1, 1, Outcome.FAIL));
    assertThat(in(() -> admissions.newestAdmissionsPage("mails", 1, 1)))
        .containsExactly(decision(2, 0, Outcome.PASS));
    assertThat(in(() -> admissions.newestAdmissionsPage("mails", 2, 1))).isEmpty();
  }

  @Test
  void a_version_shows_its_newest_decision() {
    add(decision(1, 0, Outcome.PASS));
    add(decision(1, 1, Outcome.FAIL));

    assertThat(in(() -> reads.version("mails", 1)).admission())
        .satisfies(shown -> assertThat(shown.outcome()).isEqualTo("FAIL"));
  }

  @Test
  void of_two_decisions_at_the_same_time_the_second_is_refused() {
    add(decision(1, 0, Outcome.PASS));

    assertThatThrownBy(() -> add(decision(1, 0, Outcome.FAIL)))
        .isInstanceOf(OptimisticLockingFailureException.class)
        .hasMessage(
            "Another transaction decided the admission of version 1 of dataset mails at the same"
                + " time");
    assertThat(in(() -> admissions.newest("mails", 1))).contains(decision(1, 0, Outcome.PASS));
  }

  private void add(Admission admission) {
    in(() -> {
      admissions.add(admission);
      return true;
    });
  }

  private static Admission decision(int number, int revision, Outcome outcome) {
    return new Admission(
        "mails",
        number,
        revision,
        outcome,
        List.of("TRAIN"),
        outcome == Outcome.PASS ? List.of("TRAIN") : List.of(),
        outcome == Outcome.PASS ? List.of() : List.of("Name the licence."),
        Digest.ofText("policy"),
        "ada",
        Instant.parse("2026-11-27T06:00:00Z"));
  }

  private <T> T in(Supplier<T> work) {
    try {
      return Objects.requireNonNull(
          Caller.system(workspace)
              .call(() -> new TransactionTemplate(transactions).execute(status -> work.get())));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
