package io.plumbline.platform.test;

import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.data.Migration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.util.FileSystemUtils;

/**
 * Starts PostgreSQL and Kafka once per JVM, and points each application context at them. Each
 * application has a database of its own.
 */
public final class EmbeddedServers
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  /** The role that verifies evidence. */
  public static final String AUDITOR = "ledger_auditor";

  private static final Map<String, String> DATABASES = new ConcurrentHashMap<>();

  static {
    // On a slow machine the servers take long. Only a test that fails takes longer by it.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
  }

  /**
   * The PostgreSQL server, which starts with the first test that needs it and ends with the JVM.
   */
  private static final class Postgres {
    /** The unpacked server that all modules share, since unpacking takes seconds. */
    private static final Path UNPACKED =
        Path.of("../../services/platform-test/target/postgresql").toAbsolutePath().normalize();

    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      refuseInUnitTests();
      try {
        Path directory = Files.exists(UNPACKED) ? UNPACKED : newDirectory();
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.toFile())
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "200")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeUnchecked(server)));
        if (!directory.equals(UNPACKED)) {
          shareUnpackedServer(directory);
        }
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Path newDirectory() throws IOException {
      Files.createDirectories(UNPACKED.getParent());
      return Files.createTempDirectory(UNPACKED.getParent(), "postgresql-");
    }

    /**
     * Shares the unpacked server. It is called only once the server is complete, since a process
     * may be killed while it unpacks.
     */
    private static void shareUnpackedServer(Path directory) throws IOException {
      try {
        Files.createSymbolicLink(UNPACKED, directory.getFileName());
      } catch (FileAlreadyExistsException e) {
        // Another module has already shared its server.
      }
    }

    private static void closeUnchecked(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Kafka {
    static final EmbeddedKafkaBroker BROKER = start();

    private static EmbeddedKafkaBroker start() {
      refuseInUnitTests();
      String[] topics =
          EventTypes.SOURCES.stream()
              .map(source ->
                  EventTypes.topicOf(
                      Objects.requireNonNull(source.getAnnotation(EventSource.class)).value()))
              .toArray(String[]::new);
      EmbeddedKafkaBroker broker = new EmbeddedKafkaKraftBroker(1, 1, topics);
      broker.afterPropertiesSet();
      Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
      return broker;
    }
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    String service =
        Objects.requireNonNull(
            context.getEnvironment().getProperty("spring.application.name"),
            "spring.application.name");
    String url = databaseUrl(service);
    Map<String, Object> settings = new HashMap<>();
    settings.put("spring.datasource.url", url);
    settings.put("spring.datasource.username", runtimeRole(service));
    settings.put("spring.datasource.password", "app");
    settings.put("spring.kafka.bootstrap-servers", bootstrapServers());
    settings.putAll(EventKeys.settings(service));
    settings.put("plumbline.security.issuer", TestTokenIssuer.ISSUER);
    settings.put("plumbline.security.jwk-set-uri", "http://127.0.0.1:1/unused");
    settings.put("plumbline.blobs.directory", temporaryFolder("plumbline-test-blobs").toString());
    settings.put("logging.structured.format.console", "");
    settings.put("logging.level.kafka", "ERROR");
    settings.put("logging.level.org.apache.kafka", "ERROR");
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("embeddedServers", settings));
  }

  /**
   * Refuses to start a server in unit tests. {@code ./plumbline test --unit} sets the property and
   * leaves out the tests that are tagged as needing servers.
   */
  private static void refuseInUnitTests() {
    if (Boolean.getBoolean("plumbline.unit")) {
      throw new IllegalStateException(
          "This test starts a server, so it is no unit test: tag its class @Tag(\"servers\").");
    }
  }

  public static String bootstrapServers() {
    return Kafka.BROKER.getBrokersAsString();
  }

  /**
   * Returns the JDBC URL of the service's database, which is created with its two roles and
   * migrated on the first call.
   */
  public static String databaseUrl(String service) {
    return DATABASES.computeIfAbsent(service, EmbeddedServers::createDatabase);
  }

  /**
   * Opens a connection as superuser, which sees and may do everything. It is for tests that tamper
   * with data or read past row-level security.
   */
  public static Connection connectAsSuperuser(String service) {
    databaseUrl(service);
    try {
      return Postgres.SERVER.getDatabase("postgres", databaseName(service)).getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Executes statements as a superuser, who may do everything. */
  public static void executeAsSuperuser(String service, String... statements) {
    try (Connection connection = connectAsSuperuser(service);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens a connection as the role that verifies evidence, which reads the tables with evidence of
   * all workspaces and changes nothing.
   */
  public static Connection connectAsAuditor(String service) throws SQLException {
    return DriverManager.getConnection(databaseUrl(service), AUDITOR, "auditor");
  }

  private static String createDatabase(String service) {
    String name = databaseName(service);
    try (Connection connection = Postgres.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DO $$ BEGIN CREATE ROLE %s LOGIN PASSWORD 'auditor';".formatted(AUDITOR)
              + " EXCEPTION WHEN duplicate_object THEN NULL; END $$");
      statement.execute("CREATE ROLE " + name + "_owner LOGIN PASSWORD 'owner'");
      statement.execute("CREATE ROLE " + runtimeRole(service) + " LOGIN PASSWORD 'app'");
      statement.execute("CREATE DATABASE " + name + " OWNER " + name + "_owner");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    String url = "jdbc:postgresql://localhost:" + Postgres.SERVER.getPort() + "/" + name;
    new Migration(url, name + "_owner", "owner", runtimeRole(service)).run();
    return url;
  }

  /** Returns the role that the service runs as. */
  public static String runtimeRole(String service) {
    return databaseName(service) + "_app";
  }

  private static String databaseName(String service) {
    return service.replace('-', '_');
  }

  /** Creates a folder that is deleted with its content when the JVM ends. */
  public static Path temporaryFolder(String prefix) {
    try {
      Path folder = Files.createTempDirectory(prefix);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteFolder(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteFolder(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException stillInUse) {
      // A service that is still ending has written into the folder once more.
      System.err.println("The tests leave the folder " + folder + ": " + stillInUse);
    }
  }
}
