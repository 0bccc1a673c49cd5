package io.plumbline.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The platform's tables on a real PostgreSQL server, which all tests of the JVM share. The tables
 * are empty at the start of each test.
 */
public final class PlatformDatabase {

  private static final class Server {
    static final DataSource DATABASE = start();

    private static DataSource start() {
      if (Boolean.getBoolean("plumbline.unit")) {
        throw new IllegalStateException(
            "This test starts a server, so it is no unit test: tag its class @Tag(\"servers\").");
      }
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                    Files.createTempDirectory("plumbline-platform-postgres").toFile())
                .setServerConfig("fsync", "off")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
        DataSource database = server.getPostgresDatabase();
        Flyway.configure()
            .dataSource(database)
            .locations("classpath:db/platform")
            .placeholders(Map.of("runtimeRole", "postgres"))
            .load()
            .migrate();
        return database;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void close(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final JdbcClient sql = JdbcClient.create(Server.DATABASE);
  private final PlatformTransactionManager transactions =
      new JdbcTransactionManager(Server.DATABASE);

  public PlatformDatabase() {
    sql.sql(
            "TRUNCATE outbox, inbox, dead_letter, applied_position, idempotency, job RESTART"
                + " IDENTITY")
        .update();
  }

  public JdbcClient sql() {
    return sql;
  }

  public PlatformTransactionManager transactions() {
    return transactions;
  }

  public TransactionTemplate transaction() {
    return new TransactionTemplate(transactions);
  }

  /** Opens a connection outside of any pool. */
  public Connection connection() throws SQLException {
    return Server.DATABASE.getConnection();
  }

  public long count(String table) {
    return sql.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }
}
