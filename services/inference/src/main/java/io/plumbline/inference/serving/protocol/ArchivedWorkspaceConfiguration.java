package io.plumbline.inference.serving.protocol;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.workspace.KnownWorkspaces;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads which workspaces are archived, and has the OpenAI API refuse calls in them. */
@Configuration(proxyBeanMethods = false)
class ArchivedWorkspaceConfiguration {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(ArchivedWorkspaceConfiguration.class);

  @Bean
  ArchivedWorkspaceRefusal archivedWorkspaceRefusal(KnownWorkspaces workspaces) {
    return new ArchivedWorkspaceRefusal(workspaces);
  }

  @Bean
  BackgroundLoop archivedWorkspaceReader(ArchivedWorkspaceRefusal refusal) {
    return BackgroundLoop.every(
        INTERVAL,
        "archived-workspaces",
        () -> Caller.system(Caller.NO_WORKSPACE).run(refusal::read),
        cause ->
            log.warn(
                "The archived workspaces were not read, and will be tried again. Those that were"
                    + " read last are refused: {}",
                cause.toString()));
  }

  @Bean
  WebMvcConfigurer openAiApiOfArchivedWorkspaces(ArchivedWorkspaceRefusal refusal) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(refusal).addPathPatterns("/v1/**");
      }
    };
  }
}
