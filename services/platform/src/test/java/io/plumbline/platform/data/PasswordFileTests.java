package io.plumbline.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

@Tag("servers")
class PasswordFileTests {

  @TempDir private static Path folder;
  private static EmbeddedPostgres server;

  private final Path file = folder.resolve("password");

  @BeforeAll
  static void start() throws IOException, SQLException {
    if (Boolean.getBoolean("plumbline.unit")) {
      throw new IllegalStateException("This test starts a server, so it is no unit test.");
    }
    server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(
                Files.createTempDirectory("plumbline-platform-postgres").toFile())
            .setServerConfig("fsync", "off")
            .start();
    // The server of tests asks nobody for a password unless its rules say so.
    Path rules;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement();
        ResultSet setting = sql.executeQuery("SHOW hba_file")) {
      setting.next();
      rules = Path.of(setting.getString(1));
    }
    run("CREATE ROLE app LOGIN PASSWORD 'first'");
    Files.writeString(
        rules,
        """
        host all postgres 127.0.0.1/32 trust
        host all all 127.0.0.1/32 scram-sha-256
        """);
    run("SELECT pg_reload_conf()");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void a_password_is_exchanged_while_connections_are_opened() throws Exception {
    write("first");
    try (HikariDataSource pool = pool()) {
      connects(pool);
      write("second", "first");
      connects(pool);
      run("ALTER ROLE app PASSWORD 'second'");
      connects(pool);
      write("second");
      connects(pool);
    } finally {
      run("ALTER ROLE app PASSWORD 'first'");
    }
  }

  @Test
  void a_third_line_is_not_tried() throws IOException {
    write("second", "third", "first");

    assertThatThrownBy(() -> new PasswordFile(file).connect(this::open))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void another_failure_than_a_wrong_password_is_not_tried_again() throws IOException {
    write("second", "first");

    assertThatThrownBy(() ->
            new PasswordFile(file)
                .connect(password -> {
                  throw new SQLException("away with " + password, "08001");
                }))
        .hasMessage("away with second");
  }

  @Test
  void a_file_that_is_missing_or_empty_is_named() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> new PasswordFile(missing).connect(this::open))
        .hasMessage("The password cannot be read from " + missing);
    write("");
    assertThatThrownBy(() -> new PasswordFile(file).connect(this::open))
        .hasMessage(file + " contains no password");
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  private Connection open(String password) throws SQLException {
    return DriverManager.getConnection(url(), "app", password);
  }

  private static String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** Returns the pool of a service, which has no idle connection to fall back on. */
  private HikariDataSource pool() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url());
    pool.setUsername("app");
    pool.setMinimumIdle(0);
    MockEnvironment settings =
        new MockEnvironment()
            .withProperty("spring.datasource.url", url())
            .withProperty("spring.datasource.username", "app")
            .withProperty(PasswordFile.PROPERTY, file.toString());
    new PasswordFilePool(settings).postProcessBeforeInitialization(pool, "dataSource");
    return pool;
  }

  private static void connects(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
      pool.evictConnection(connection);
    }
  }

  private static void run(String statement) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
