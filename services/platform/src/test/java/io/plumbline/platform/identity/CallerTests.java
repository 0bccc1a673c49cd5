package io.plumbline.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.context.SecurityContextHolder;

class CallerTests {

  private final Caller acme = Caller.system(new UUID(0, 1));
  private final Caller globex = Caller.system(new UUID(0, 2));

  @AfterEach
  void unbind() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void work_without_a_caller_is_refused() {
    assertThat(Caller.find()).isEmpty();
    assertThatIllegalStateException().isThrownBy(Caller::current);
  }

  @Test
  void work_within_work_returns_to_the_former_caller() {
    acme.run(() -> {
      globex.run(() -> assertThat(Caller.current()).isEqualTo(globex));
      assertThat(Caller.current()).isEqualTo(acme);
    });
    assertThat(Caller.find()).isEmpty();
  }

  @Test
  void work_that_fails_leaves_no_caller_behind() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            acme.call(() -> {
              throw new IllegalStateException("failed");
            }));
    assertThatIllegalStateException()
        .isThrownBy(() ->
            acme.run(() -> {
              throw new IllegalStateException("failed");
            }));

    assertThat(Caller.find()).isEmpty();
  }
}
