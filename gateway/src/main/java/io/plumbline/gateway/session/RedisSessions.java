package io.plumbline.gateway.session;

import java.net.URL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.serializer.GenericJacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.session.ReactiveFindByIndexNameSessionRepository;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.data.redis.config.ConfigureReactiveRedisAction;
import org.springframework.session.data.redis.config.annotation.ConfigureNotifyKeyspaceEventsReactiveAction;
import org.springframework.session.security.SpringSessionBackedReactiveSessionRegistry;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Sessions in Redis, shared by all replicas of the gateway. */
@Configuration(proxyBeanMethods = false)
@Profile("redis")
class RedisSessions {

  private static final Logger log = LoggerFactory.getLogger(RedisSessions.class);

  /**
   * Returns a serializer that writes JSON, and reads only the types that a session has. With Java's
   * own serialization, which is Spring Session's default, anybody who can write to Redis could run
   * code in the gateway.
   */
  @Bean
  RedisSerializer<Object> springSessionDefaultRedisSerializer() {
    BasicPolymorphicTypeValidator.Builder more =
        BasicPolymorphicTypeValidator.builder()
            // These are the times of a session, and the issuer in an ID token.
            .allowIfSubType(Long.class)
            .allowIfSubType(URL.class);
    return new GenericJacksonJsonRedisSerializer(
        JsonMapper.builder()
            .addModules(
                SecurityJacksonModules.getModules(RedisSessions.class.getClassLoader(), more))
            .build());
  }

  /**
   * Returns the action by which Redis reports the end of sessions, so that they are also removed
   * from the lists of their people's sessions. Servers that others operate often refuse it.
   * Sessions work without it, so it does not end the gateway.
   */
  @Bean
  ConfigureReactiveRedisAction noticeOfEndedSessions() {
    ConfigureReactiveRedisAction notice = new ConfigureNotifyKeyspaceEventsReactiveAction();
    return connection ->
        notice
            .configure(connection)
            .onErrorResume(
                DataAccessException.class,
                refused -> {
                  log.warn(
                      "Redis did not let the gateway set notify-keyspace-events. Set it to Egx in"
                          + " the configuration of Redis, or names of ended sessions stay there:"
                          + " {}",
                      NestedExceptionUtils.getMostSpecificCause(refused).getMessage());
                  return Mono.empty();
                });
  }

  @Bean
  <
          S extends Session,
          R extends ReactiveSessionRepository<S> & ReactiveFindByIndexNameSessionRepository<S>>
      ReactiveSessionRegistry sessionsOfPeople(R sessions) {
    return new SpringSessionBackedReactiveSessionRegistry<>(sessions, sessions);
  }
}
