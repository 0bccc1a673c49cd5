package io.plumbline.platform.lifecycle;

import io.plumbline.platform.data.BuildMigrations;
import io.plumbline.platform.data.DatabaseLogin;
import io.plumbline.platform.data.SchemaState;
import io.plumbline.platform.data.ServiceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Holds the start of a service until its database can be reached and has all migrations of its
 * build. It runs before any bean is created, since the first one that queries the database would
 * end the process. A service without {@code spring.datasource.url} has no database and does not
 * wait.
 */
public final class DatabaseStartup implements ApplicationListener<ApplicationPreparedEvent> {

  private static final Logger log = LoggerFactory.getLogger(DatabaseStartup.class);

  @Override
  public void onApplicationEvent(ApplicationPreparedEvent event) {
    Environment environment = event.getApplicationContext().getEnvironment();
    DatabaseLogin login = new DatabaseLogin(environment);
    if (login.url().isEmpty()) {
      return;
    }
    BuildMigrations build = BuildMigrations.read();
    try {
      new StartupWait(log::warn).until(() -> missing(login, build));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The start was interrupted", e);
    }
  }

  private static Optional<String> missing(DatabaseLogin login, BuildMigrations build) {
    try (Connection connection = login.connect(password -> database(login, password).connect())) {
      SchemaState schema = build.compareWith(connection);
      schema.newer().ifPresent(log::info);
      return schema.missing();
    } catch (SQLException e) {
      return Optional.of(database(login, "").describeFailure(e));
    }
  }

  private static ServiceDatabase database(DatabaseLogin login, String password) {
    return new ServiceDatabase(login.url(), login.user(), password);
  }
}
