package io.plumbline.gateway.session;

import io.plumbline.gateway.GatewayApplication;
import io.plumbline.gateway.Realm;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A gateway with sessions in Redis, one of several in this process. */
final class Replica {

  private Replica() {}

  static ConfigurableApplicationContext start(Realm realm, String redis, Map<String, Object> more) {
    Map<String, Object> settings = new TreeMap<>();
    DynamicPropertyRegistry registry = (name, value) -> settings.put(name, value.get());
    realm.settings(registry);
    realm.reset();
    settings.put("server.port", "0");
    settings.put("management.server.port", "0");
    settings.put("spring.data.redis.url", redis);
    settings.put("plumbline.gateway.sign-in.burst", "1000000");
    settings.putAll(more);
    return new SpringApplicationBuilder(GatewayApplication.class)
        .profiles("redis")
        .initializers(Replica::withResourcesOfItsOwn)
        .run(
            settings.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new));
  }

  /** Gives a replica its own event loops: replicas of one process would share and end them. */
  private static void withResourcesOfItsOwn(ConfigurableApplicationContext context) {
    ((GenericApplicationContext) context)
        .registerBean(
            ReactorResourceFactory.class,
            () -> {
              ReactorResourceFactory resources = new ReactorResourceFactory();
              resources.setUseGlobalResources(false);
              return resources;
            });
  }

  static String address(ConfigurableApplicationContext replica) {
    return "http://127.0.0.1:" + replica.getEnvironment().getProperty("local.server.port");
  }
}
