package io.plumbline.datasetregistry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UploadSlotsTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final CallerId ADA = new CallerId(ACME, "ada");
  private static final CallerId BEN = new CallerId(ACME, "ben");

  private final UploadSlots places = new UploadSlots(new UploadSettings(2, 3));

  @Test
  void one_caller_sends_so_many_at_a_time_and_others_go_on() {
    places.acquire(ADA);
    places.acquire(ADA);

    assertThat(refused(ADA).type()).isEqualTo(CommonProblem.TOO_MUCH_UNDER_WAY);
    places.acquire(BEN);
  }

  @Test
  void a_process_reads_so_many_at_a_time() {
    places.acquire(ADA);
    places.acquire(ADA);
    places.acquire(BEN);

    assertThat(refused(BEN).type()).isEqualTo(CommonProblem.UNAVAILABLE);
  }

  @Test
  void a_refusal_says_when_to_try_again() {
    places.acquire(ADA);
    places.acquire(ADA);
    assertThat(refused(ADA).retryAfter()).isPresent();
    places.acquire(BEN);
    assertThat(refused(BEN).retryAfter()).isPresent();
  }

  @Test
  void a_place_is_free_again_when_its_upload_has_ended() {
    places.acquire(ADA).close();
    UploadService.UploadSlot one = places.acquire(ADA);
    places.acquire(ADA);
    places.acquire(BEN);

    one.close();

    assertThatCode(() -> places.acquire(ADA)).doesNotThrowAnyException();
  }

  private Problem refused(CallerId caller) {
    return catchThrowableOfType(Problem.class, () -> places.acquire(caller));
  }
}
