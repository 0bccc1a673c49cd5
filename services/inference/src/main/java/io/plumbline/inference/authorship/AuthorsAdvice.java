package io.plumbline.inference.authorship;

import io.plumbline.platform.web.Idempotent;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;

/**
 * Has the authors of a prompt version fetched before the transaction of a request begins that needs
 * them, so that no database connection is held while another service is asked.
 */
@Configuration(proxyBeanMethods = false)
class AuthorsAdvice {

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static Advisor promptAuthorsAdvisor(
      ObjectProvider<PromptAuthors> authors, ObjectProvider<VariantPrompts> variants) {
    DefaultPointcutAdvisor advisor =
        new DefaultPointcutAdvisor(
            AnnotationMatchingPointcut.forMethodAnnotation(Idempotent.class),
            (MethodInterceptor)
                invocation -> {
                  for (@Nullable Object argument : invocation.getArguments()) {
                    if (argument instanceof NamesPrompt named) {
                      authors.getObject().fetchMissing(named.promptDigest());
                    } else if (argument instanceof NamesVariant named) {
                      variants
                          .getObject()
                          .promptOf(named.variantDigest())
                          .ifPresent(prompt -> authors.getObject().fetchMissing(prompt));
                    }
                  }
                  return invocation.proceed();
                });
    // It is directly around the idempotency, which begins the transaction.
    advisor.setOrder(Ordered.LOWEST_PRECEDENCE - 20);
    return advisor;
  }
}
