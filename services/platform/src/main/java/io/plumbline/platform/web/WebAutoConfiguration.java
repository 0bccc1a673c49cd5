package io.plumbline.platform.web;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.lifecycle.ShutdownNotice;
import io.plumbline.platform.problem.ProblemConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Configures the conventions of the HTTP API. */
// It runs before Spring Boot's configuration, so that the error page is ours.
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@Import({ProblemConfiguration.class, ApiDescription.class})
public class WebAutoConfiguration {

  private static final Set<MediaType> OTHER_NOTATIONS =
      Set.of(MediaType.APPLICATION_YAML, MediaType.APPLICATION_XML, MediaType.APPLICATION_CBOR);

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientConnections() {
    return factory -> factory.addEngineValves(new ClientConnection.AttributeValve());
  }

  /**
   * Lets a process that is about to stop serve for the time that the configuration names, so that
   * callers move to other replicas.
   */
  @Bean
  ShutdownNotice shutdownNotice(ApplicationContext application) {
    Duration time =
        Binder.get(application.getEnvironment())
            .bind("plumbline.shutdown.notice", Duration.class)
            .orElse(Duration.ZERO);
    return new ShutdownNotice(application, time);
  }

  @Bean
  ClosingConnections closingConnections(ShutdownNotice notice) {
    return new ClosingConnections(notice);
  }

  /**
   * Makes JSON strict: unknown fields, trailing tokens and values of another type are refused, not
   * guessed at.
   */
  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return builder ->
        builder
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                LogicalType.Textual,
                refusing(
                    CoercionInputShape.Boolean,
                    CoercionInputShape.Integer,
                    CoercionInputShape.Float))
            .withCoercionConfig(
                LogicalType.Integer,
                refusing(CoercionInputShape.Boolean, CoercionInputShape.String))
            .withCoercionConfig(
                LogicalType.Boolean,
                refusing(
                    CoercionInputShape.Integer,
                    CoercionInputShape.Float,
                    CoercionInputShape.String))
            // Amounts of money are exact decimals, written as strings, so strings are accepted
            // here.
            .withCoercionConfig(LogicalType.Float, refusing(CoercionInputShape.Boolean));
  }

  private static Consumer<MutableCoercionConfig> refusing(CoercionInputShape... shapes) {
    return config ->
        List.of(shapes).forEach(shape -> config.setCoercion(shape, CoercionAction.Fail));
  }

  @Bean
  WebMvcConfigurer conventions() {
    return new WebMvcConfigurer() {
      // Without this converter Spring would use any static method of Digest that takes a text,
      // whatever the method does with it.
      @Override
      public void addFormatters(FormatterRegistry formatters) {
        formatters.addConverter(String.class, Digest.class, Digest::new);
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageRequestResolver());
        resolvers.add(new IfMatchResolver());
      }

      @Override
      public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new UnknownParameterCheck());
        interceptors.addInterceptor(new UnsupportedKeyCheck());
      }

      @Override
      public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        // By default Spring reads every notation whose library is on the class path, without the
        // strict mapper.
        builder.configureMessageConvertersList(all ->
            all.removeIf(
                each -> !Collections.disjoint(each.getSupportedMediaTypes(), OTHER_NOTATIONS)));
      }
    };
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static Advisor idempotencyAdvisor(
      ObjectProvider<JdbcClient> sql,
      ObjectProvider<PlatformTransactionManager> transactions,
      ObjectProvider<JsonMapper> json,
      ObjectProvider<Clock> clock) {
    DefaultPointcutAdvisor advisor =
        new DefaultPointcutAdvisor(
            AnnotationMatchingPointcut.forMethodAnnotation(Idempotent.class),
            // The beans are looked up at the first call: an advisor must not create the data source
            // before it can be proxied.
            (MethodInterceptor)
                invocation ->
                    new Idempotency(
                            sql.getObject(),
                            transactions.getObject(),
                            json.getObject(),
                            clock.getObject())
                        .invoke(invocation));
    // The advice is directly around the handler, whose interceptors have already checked the
    // caller's role.
    advisor.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
    return advisor;
  }
}
