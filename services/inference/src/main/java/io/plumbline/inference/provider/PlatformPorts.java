package io.plumbline.inference.provider;

import io.plumbline.platform.observability.PlatformDefaults;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The ports that the platform itself listens on. Some are listed where the platform is started. The
 * others are in this service's configuration: its own ports, those of the other services with their
 * management ports, and those of the database, the broker and the identity provider.
 */
@Component
class PlatformPorts {

  private static final List<String> ADDRESSES =
      List.of("spring.datasource.url", "spring.kafka.bootstrap-servers");
  private static final String LISTED = "plumbline.providers.platform-ports";
  private static final String SERVICES = "plumbline.services";
  private static final String SECURITY = "plumbline.security";
  private static final List<String> PORTS = List.of("server.port", "management.server.port");
  private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?=[/,?]|$)");

  private final Set<Integer> ports;

  PlatformPorts(Environment environment) {
    Binder binder = Binder.get(environment);
    Stream<Integer> listed =
        binder.bind(LISTED, Bindable.listOf(Integer.class)).orElseGet(List::of).stream();
    Stream<Integer> services =
        portsIn(propertyValues(binder, SERVICES))
            .flatMap(port -> Stream.of(port, port + PlatformDefaults.MANAGEMENT_OFFSET));
    Stream<Integer> security = portsIn(propertyValues(binder, SECURITY));
    Stream<Integer> single =
        portsIn(ADDRESSES.stream().map(name -> environment.getProperty(name, "")));
    Stream<Integer> own =
        portsIn(PORTS.stream().map(name -> ":" + environment.getProperty(name, "")));
    this.ports =
        Stream.of(listed, services, security, single, own)
            .flatMap(each -> each)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> propertyValues(Binder binder, String group) {
    return binder
        .bind(group, Bindable.mapOf(String.class, String.class))
        .orElseGet(HashMap::new)
        .values()
        .stream();
  }

  private static Stream<Integer> portsIn(Stream<String> addresses) {
    return addresses
        .flatMap(address -> PORT.matcher(address).results())
        .map(found -> Integer.parseInt(found.group(1)));
  }

  boolean contain(int port) {
    return ports.contains(port);
  }
}
