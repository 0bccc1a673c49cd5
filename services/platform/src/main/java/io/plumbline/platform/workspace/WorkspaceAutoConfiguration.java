package io.plumbline.platform.workspace;

import io.plumbline.contracts.ComplianceEvent.WorkspaceArchived;
import io.plumbline.contracts.ComplianceEvent.WorkspaceChanged;
import io.plumbline.contracts.ComplianceEvent.WorkspaceCreated;
import io.plumbline.contracts.Event;
import io.plumbline.platform.event.EventAutoConfiguration;
import io.plumbline.platform.event.Projection;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures the table of the known workspaces and the guard of archived ones. */
@AutoConfiguration(after = EventAutoConfiguration.class)
public class WorkspaceAutoConfiguration {

  @Bean
  Projection<WorkspaceCreated> createdWorkspaces() {
    return projection(WorkspaceCreated.class, KnownWorkspaces.ACTIVE);
  }

  @Bean
  Projection<WorkspaceChanged> changedWorkspaces() {
    return projection(WorkspaceChanged.class, KnownWorkspaces.ACTIVE);
  }

  @Bean
  Projection<WorkspaceArchived> archivedWorkspaces() {
    return projection(WorkspaceArchived.class, KnownWorkspaces.ARCHIVED);
  }

  private static <E extends Event> Projection<E> projection(Class<E> event, String state) {
    return Projection.of(event, KnownWorkspaces.TABLE)
        .constant("state", state)
        .aggregateVersion("version")
        .newestPerWorkspace();
  }

  @Bean
  KnownWorkspaces knownWorkspaces(JdbcClient sql, PlatformTransactionManager transactions) {
    return new KnownWorkspaces(sql, new TransactionTemplate(transactions));
  }

  @Bean
  WebMvcConfigurer archivedWorkspaceGuard(KnownWorkspaces workspaces) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ArchivedWorkspaceGuard(workspaces)).addPathPatterns("/api/**");
      }
    };
  }
}
