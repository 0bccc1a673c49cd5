package io.plumbline.platform.test;

import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.plumbline.platform.event.Projection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Configures the beans that tests inject. */
@Configuration(proxyBeanMethods = false)
class TestSupport {

  @Bean
  static SqlTransactionGuard onlyInTransactions() {
    return new SqlTransactionGuard();
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static RecordedEvents recordedEvents() {
    return new RecordedEvents();
  }

  /**
   * Fails the start of an application whose projections do not match its migrated schema.
   * PostgreSQL plans their statements, but does not run them.
   */
  @Bean
  SmartInitializingSingleton projectionCheck(
      ObjectProvider<Projection<?>> projections,
      JdbcClient sql,
      PlatformTransactionManager transactions) {
    return () ->
        new TransactionTemplate(transactions)
            .executeWithoutResult(status -> projections.forEach(each -> check(each, sql)));
  }

  private static void check(Projection<?> projection, JdbcClient sql) {
    sql.sql("EXPLAIN " + projection.statement())
        .params(new Object[projection.columnNames().size()])
        .query()
        .listOfRows();
    List<@Nullable String> missing =
        sql.sql(
                """
                SELECT column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = ? AND is_nullable = 'NO' AND column_default IS NULL
                  AND column_name <> ALL (?)
                """)
            .params(projection.table(), projection.columnNames().toArray(String[]::new))
            .query(String.class)
            .list();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Table '%s' requires columns %s, which its projection does not declare. Declare them."
              .formatted(projection.table(), missing));
    }
  }

  @Bean
  FilterRegistrationBean<OutboxRequiredFilter> outboxRequiredFilter(RecordedEvents events) {
    FilterRegistrationBean<OutboxRequiredFilter> filter =
        new FilterRegistrationBean<>(new OutboxRequiredFilter(events));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  TestTokenIssuer tokens() {
    return new TestTokenIssuer();
  }

  @Bean
  JWKSource<SecurityContext> keySource(TestTokenIssuer testTokenIssuer) {
    return new ImmutableJWKSet<>(testTokenIssuer.keys());
  }

  @Bean
  TestClient testClient(Environment environment, TestTokenIssuer testTokenIssuer, JsonMapper json) {
    return new TestClient(environment, testTokenIssuer, json);
  }

  @Bean
  OpenApiResponseCheck answerCheck(TestClient client) {
    return client.answerCheck();
  }

  @Bean
  TestEventClient events(JsonMapper json) {
    return new TestEventClient(json);
  }
}
