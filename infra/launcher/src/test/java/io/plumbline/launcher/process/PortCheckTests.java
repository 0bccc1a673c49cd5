package io.plumbline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.installation.LauncherException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PortCheckTests {

  @Test
  void names_the_port_the_component_and_the_remedy() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> PortCheck.requireFree("gateway", holder.getLocalPort()))
          .isInstanceOf(LauncherException.class)
          .hasMessageContainingAll("Port " + holder.getLocalPort(), "gateway", "./plumbline up");
    }
  }

  @Test
  void names_the_process_that_listens() throws Exception {
    Assumptions.assumeTrue(
        Files.isReadable(Path.of("/proc/net/tcp")),
        "only Linux shows which process listens on a port");
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(PortCheck.findHolder(holder.getLocalPort()).orElse(""))
          .startsWith("process " + ProcessHandle.current().pid() + " (");
    }
  }

  @Test
  void says_that_the_process_belongs_to_another_user() {
    assertThat(PortCheck.takenMessage("kafka", 19092, Optional.empty()))
        .contains("a process that this user may not see");
  }

  @Test
  void a_free_port_is_free() throws Exception {
    int port;
    try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closing.getLocalPort();
    }
    assertThatCode(() -> PortCheck.requireFree("kafka", port)).doesNotThrowAnyException();
  }

  @Test
  void reads_only_listeners_from_the_kernels_table() {
    String listener =
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0"
            + " 4711 1 0000000000000000 100 0 0 10 0";
    assertThat(PortCheck.listenerInode(listener, 8080)).contains("4711");
    assertThat(PortCheck.listenerInode(listener, 8081)).isEmpty();
    assertThat(PortCheck.listenerInode(listener.replace(" 0A ", " 01 "), 8080)).isEmpty();
    assertThat(PortCheck.listenerInode("  sl  local_address rem_address   st tx_queue", 8080))
        .isEmpty();
  }
}
