package io.plumbline.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalCountsTests {

  private static final UUID ACME = new UUID(1, 1);

  private final RefusalCounts counts = new RefusalCounts();
  private final Caller vera = caller(ACME, "vera");

  @Test
  void the_first_refusal_is_recorded_and_the_others_are_one_count_with_the_last_subject() {
    List<Boolean> recorded =
        IntStream.range(0, 1_000)
            .mapToObj(
                attempt -> counts.shouldRecord(vera, denied("POST /api/x", "/api/x?" + attempt)))
            .toList();

    assertThat(recorded.stream().filter(each -> each)).hasSize(1);
    assertThat(counts.endMinute())
        .containsExactly(
            new RefusalCounts.Repeated(
                vera, denied("POST /api/x", "/api/x?999").withAttempts(999)));
  }

  @Test
  void another_minute_begins_anew() {
    IntStream.range(0, 10)
        .forEach(attempt -> counts.shouldRecord(vera, denied("POST /api/x", "s")));
    counts.endMinute();

    assertThat(counts.shouldRecord(vera, denied("POST /api/x", "s"))).isTrue();
    assertThat(counts.endMinute()).isEmpty();
  }

  @Test
  void callers_actions_and_workspaces_are_counted_apart() {
    IntStream.range(0, 10)
        .forEach(attempt -> counts.shouldRecord(vera, denied("POST /api/x", "s")));

    assertThat(counts.shouldRecord(vera, denied("POST /api/y", "s"))).isTrue();
    assertThat(counts.shouldRecord(caller(ACME, "ben"), denied("POST /api/x", "s"))).isTrue();
    assertThat(counts.shouldRecord(caller(new UUID(2, 2), "vera"), denied("POST /api/x", "s")))
        .isTrue();
  }

  @Test
  void a_caller_with_ever_new_paths_adds_few_entries_and_one_count() {
    long recorded =
        IntStream.range(0, 10_000)
            .filter(path -> counts.shouldRecord(vera, denied("GET /" + path, "/" + path)))
            .count();

    assertThat(recorded).isEqualTo(RefusalCounts.ACTIONS);
    assertThat(counts.endMinute())
        .containsExactly(
            new RefusalCounts.Repeated(
                vera, denied("GET /9999", "/9999").withAttempts(10_000 - RefusalCounts.ACTIONS)));
  }

  private static Caller caller(UUID workspace, String actor) {
    return new Caller(workspace, actor, actor, Set.of(Role.VIEWER), false);
  }

  private static ActionDenied denied(String action, String subject) {
    return new ActionDenied(action, subject, 403, "forbidden", List.of());
  }
}
