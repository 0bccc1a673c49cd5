package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.data.Migration;
import io.plumbline.platform.test.EmbeddedServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A service is started before what it needs, as happens when everything is installed at once. */
@Tag("servers")
@ExtendWith(OutputCaptureExtension.class)
class StartupTests {

  private static final String SERVICE = "prompt-registry";
  private static final String FORMER = "20261201234000";

  private static String url(String database) {
    String other = EmbeddedServers.databaseUrl(SERVICE);
    return other.substring(0, other.lastIndexOf('/') + 1) + database;
  }

  private static void createDatabase(String name) {
    EmbeddedServers.executeAsSuperuser(
        SERVICE, "CREATE DATABASE %s OWNER %s_owner".formatted(name, name));
  }

  private static void createRoles(String name) {
    EmbeddedServers.executeAsSuperuser(
        SERVICE,
        "CREATE ROLE %s_owner LOGIN PASSWORD 'owner'".formatted(name),
        "CREATE ROLE %s_app LOGIN PASSWORD 'app'".formatted(name));
  }

  private static void migrate(String name) {
    new Migration(url(name), name + "_owner", "owner", name + "_app").run();
  }

  /** Starts the service on a database, in the background. */
  private static CompletableFuture<ConfigurableApplicationContext> start(
      String database, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("spring.datasource.url", url(database));
    settings.put("spring.datasource.username", database + "_app");
    return CompletableFuture.supplyAsync(
        () ->
            new SpringApplicationBuilder(SampleApplication.class)
                .initializers(
                    new EmbeddedServers(),
                    context ->
                        context
                            .getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("startup", settings)))
                .run(
                    "--server.port=0",
                    "--management.server.port=0",
                    "--logging.structured.format.console=",
                    "--logging.level.io.plumbline.platform=INFO"),
        task -> Thread.ofPlatform().daemon().start(task));
  }

  private static void awaitLine(CapturedOutput output, String line) {
    await().untilAsserted(() -> assertThat(output.getOut()).contains(line));
  }

  private static int readiness(ConfigurableApplicationContext service) throws Exception {
    String port = service.getEnvironment().getRequiredProperty("local.management.port");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void a_service_waits_for_its_role_its_database_and_its_migrations(CapturedOutput output)
      throws Exception {
    String address = URI.create(url("late").substring("jdbc:".length())).getAuthority();
    CompletableFuture<ConfigurableApplicationContext> starting = start("late", Map.of());

    awaitLine(output, "Waiting for the database at " + address + ": role \"late_app\" does not");
    createRoles("late");
    awaitLine(output, "Waiting for the database at " + address + ": database \"late\" does not");
    createDatabase("late");
    awaitLine(output, "Waiting for migrations: the database has none, this build needs V");
    Flyway.configure()
        .dataSource(url("late"), "late_owner", "owner")
        .locations("classpath:db/platform", "classpath:db/migration")
        .placeholders(Map.of("runtimeRole", "late_app"))
        .skipDefaultCallbacks(true)
        .target(FORMER)
        .load()
        .migrate();
    awaitLine(output, "Waiting for migrations: the database is older than V");
    assertThat(starting).isNotDone();
    migrate("late");

    try (ConfigurableApplicationContext service = starting.join()) {
      assertThat(readiness(service)).isEqualTo(200);
    }
    assertThat(output.getOut()).contains("The wait is over, the start goes on.");
  }

  @Test
  void a_start_warns_of_nothing_that_nobody_can_mend(CapturedOutput output) {
    createRoles("quiet");
    createDatabase("quiet");
    migrate("quiet");

    start("quiet", Map.of()).join().close();

    // Flyway warns in the run that migrates. Plumbline's own warnings say what to do.
    assertThat(output.getOut()).contains("Started ");
    assertThat(output.getOut().lines().filter(line -> line.matches(".* (WARN|ERROR) .*")))
        .allMatch(line -> line.matches(".* (o\\.f\\.core|io\\.plumbline)\\..*"));
  }

  @Test
  void a_service_runs_with_a_newer_schema_while_the_broker_has_no_name(CapturedOutput output)
      throws Exception {
    createRoles("newer");
    createDatabase("newer");
    migrate("newer");
    try (Connection owner = DriverManager.getConnection(url("newer"), "newer_owner", "owner");
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,
            execution_time, success)
          VALUES (1000, '20991231000000', 'newer', 'SQL', 'V20991231000000__newer.sql', 'newer_owner', 1, true)
          """);
    }

    try (ConfigurableApplicationContext service =
        start("newer", Map.of("spring.kafka.bootstrap-servers", "kafka.invalid:9092")).join()) {
      assertThat(readiness(service)).isEqualTo(200);
      awaitLine(output, "A newer build has migrated the database to V20991231000000.");
      awaitLine(output, "Waiting for Kafka at kafka.invalid:9092: the name cannot be resolved");
    }
  }
}
