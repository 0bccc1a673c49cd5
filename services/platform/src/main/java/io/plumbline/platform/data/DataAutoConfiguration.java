package io.plumbline.platform.data;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.TransactionExecutionListener;

/** Transactions that see one workspace, and migrations that know the runtime role. */
@AutoConfiguration(before = TransactionAutoConfiguration.class)
public class DataAutoConfiguration {

  @Bean
  TransactionExecutionListener workspaceBinding(ObjectProvider<DataSource> dataSource) {
    return new WorkspaceBinding(dataSource);
  }

  @Bean
  FlywayConfigurationCustomizer runtimeRolePlaceholder(JdbcConnectionDetails connection) {
    return flyway -> {
      Map<String, String> placeholders = new HashMap<>(flyway.getPlaceholders());
      placeholders.put("runtimeRole", String.valueOf(connection.getUsername()));
      flyway.placeholders(placeholders);
    };
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }
}
