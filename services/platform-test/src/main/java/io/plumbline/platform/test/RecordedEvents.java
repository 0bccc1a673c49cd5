package io.plumbline.platform.test;

import io.plumbline.platform.event.Outbox;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Marks each request in whose course an event was committed. */
@SuppressWarnings(
    "serial") // Spring's advisors are serializable by inheritance; this one is never serialized.
final class RecordedEvents extends StaticMethodMatcherPointcutAdvisor {

  private static final String RECORDED = RecordedEvents.class.getName();

  private final transient Set<String> keys = ConcurrentHashMap.newKeySet();

  RecordedEvents() {
    setAdvice(
        (MethodInterceptor)
            append -> {
              Object id = append.proceed();
              if (RequestContextHolder.getRequestAttributes()
                  instanceof ServletRequestAttributes attributes) {
                markWhenCommitted(attributes.getRequest());
              }
              return id;
            });
  }

  @Override
  public boolean matches(Method method, Class<?> target) {
    return Outbox.class.isAssignableFrom(target) && method.getName().equals("append");
  }

  private void markWhenCommitted(HttpServletRequest request) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            // The key is stored before the commit, which lets a concurrent request with the same
            // key continue. That request gets the answer of this one and appends nothing itself.
            String key = idempotencyKey(request);
            if (key != null) {
              keys.add(key);
            }
          }

          @Override
          public void afterCommit() {
            request.setAttribute(RECORDED, true);
          }
        });
  }

  /**
   * Returns whether an event was committed by this request, or by the earlier request whose answer
   * it got.
   */
  boolean hasRecordedEvent(HttpServletRequest request) {
    String key = idempotencyKey(request);
    return request.getAttribute(RECORDED) != null || (key != null && keys.contains(key));
  }

  private static @Nullable String idempotencyKey(HttpServletRequest request) {
    return request.getHeader("Idempotency-Key");
  }
}
