package io.plumbline.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ServiceDatabaseTests {

  private static int closedPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0)) {
      return closed.getLocalPort();
    }
  }

  private static String failure(String url) {
    ServiceDatabase database = new ServiceDatabase(url, "strategy_app", "of-the-role");
    SQLException failure = catchThrowableOfType(SQLException.class, database::connect);
    return database.describeFailure(Objects.requireNonNull(failure));
  }

  @Test
  void a_refused_connection_is_described_by_address_and_reason() throws IOException {
    int port = closedPort();

    assertThat(failure("jdbc:postgresql://127.0.0.1:%d/strategy".formatted(port)))
        .isEqualTo("the database at 127.0.0.1:%d: connection refused".formatted(port));
  }

  @Test
  void a_name_that_does_not_exist_yet_is_described_as_such() {
    // Names under .invalid never resolve (RFC 6761).
    assertThat(failure("jdbc:postgresql://postgresql.invalid/strategy"))
        .isEqualTo("the database at postgresql.invalid:5432: the name cannot be resolved");
  }

  @Test
  void all_hosts_are_named() {
    assertThat(failure("jdbc:postgresql://a.invalid,b.invalid:5433/strategy"))
        .startsWith("the database at a.invalid:5432, b.invalid:5433: ");
  }

  @Test
  void passwords_in_the_url_are_not_repeated() throws IOException {
    String url =
        "jdbc:postgresql://app:secret-1@127.0.0.1:%d/strategy?password=secret-2&sslpassword=secret-3"
            .formatted(closedPort());

    assertThat(failure(url)).startsWith("the database at 127.0.0.1:").doesNotContain("secret");
  }

  @Test
  void a_url_of_something_else_is_refused_and_not_repeated() {
    assertThatThrownBy(() -> new ServiceDatabase("jdbc:mysql://a/b?password=secret", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:postgresql://localhost:5432/strategy")
        .hasMessageNotContaining("secret");
  }
}
