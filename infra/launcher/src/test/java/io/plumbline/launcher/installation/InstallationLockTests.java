package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationLockTests {

  @TempDir Path folder;

  @Test
  void refuses_a_second_command_and_is_free_afterwards() {
    InstallationLock lock = new InstallationLock(folder.resolve("lock"));
    AtomicInteger runs = new AtomicInteger();
    lock.during(() ->
        assertThatThrownBy(() -> lock.during(runs::incrementAndGet))
            .isInstanceOf(LauncherException.class)
            .hasMessageContaining("wait until it is done"));
    lock.during(runs::incrementAndGet);
    assertThat(runs).hasValue(1);
  }
}
