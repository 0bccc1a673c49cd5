package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.inference.provider.AllowedAddressResolver.RefusedAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class AllowedAddressResolverTests {

  private final AllowedAddressResolver addresses = allowing(List.of(), List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "198.18.0.1",
        "255.255.255.255",
        "224.0.0.1",
        "192.0.0.8",
        "2130706433",
        "localhost",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1::1",
        "ff02::1"
      })
  void private_and_special_addresses_are_refused(String host) {
    assertThatThrownBy(() -> addresses.resolve(host)).isInstanceOf(UnknownHostException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "93.184.216.34",
        "2606:2800:220:1:248:1893:25c8:1946",
        "172.32.0.1",
        "100.128.0.1"
      })
  void public_addresses_are_resolved(String host) throws UnknownHostException {
    assertThat(addresses.resolve(host)).containsExactly(InetAddress.getByName(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.20.3.4", "fd12:3456::1", "8.8.8.8"})
  void allowed_networks_are_resolved(String host) throws UnknownHostException {
    AllowedAddressResolver allowing =
        allowing(List.of(), List.of("127.0.0.1", "10.20.0.0/16", "fd12:3456::/32"));

    assertThat(allowing.resolve(host, 8000))
        .containsExactly(new InetSocketAddress(InetAddress.getByName(host), 8000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "10.21.3.4", "fd12:3457::1"})
  void other_private_networks_stay_refused(String host) {
    AllowedAddressResolver allowing =
        allowing(List.of(), List.of("127.0.0.1", "10.20.0.0/16", "fd12:3456::/32"));

    assertThatThrownBy(() -> allowing.resolve(host, 8000)).isInstanceOf(RefusedAddress.class);
  }

  @Test
  void an_allowed_host_is_resolved_and_its_address_under_another_name_is_not() throws Exception {
    AllowedAddressResolver allowing = allowing(List.of("LocalHost"), List.of());

    assertThat(allowing.resolve("localhost", 11434)).isNotEmpty();
    assertThatThrownBy(() -> allowing.resolve("127.0.0.1", 11434))
        .isInstanceOf(RefusedAddress.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "::ffff:169.254.169.254",
        "2852039166",
        "0.0.0.0",
        "::"
      })
  void metadata_addresses_are_refused_whatever_is_allowed(String host) {
    AllowedAddressResolver allowing = allowing(List.of(host), List.of("0.0.0.0/0", "::/0"));

    assertThatThrownBy(() -> allowing.resolve(host, 80)).isInstanceOf(RefusedAddress.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {8107, 8102, 9102, 8180, 8188, 15432, 19092, 19093, 9107, 6379})
  void ports_of_the_platform_are_refused_whatever_is_allowed(int port) {
    AllowedAddressResolver allowing = allowing(List.of("localhost"), List.of("0.0.0.0/0", "::/0"));

    assertThatThrownBy(() -> allowing.resolve("localhost", port))
        .isInstanceOf(RefusedAddress.class);
    assertThatThrownBy(() -> allowing.resolve("10.0.0.1", port)).isInstanceOf(RefusedAddress.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.20.0.7 | is on a private network, and the operator has not allowed it: have 10.20.0.7"
            + " added to plumbline.providers.allowed-networks of inference and inference started"
            + " again; on one machine by the line PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS=10.20.0.7 in"
            + " .plumbline/environment, ./plumbline down inference and ./plumbline up.",
        "[fd12:3456::1] | is on a private network, and the operator has not allowed it: have"
            + " fd12:3456::1 added to plumbline.providers.allowed-networks of inference and"
            + " inference started again; on one machine by the line"
            + " PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS=fd12:3456::1 in .plumbline/environment,"
            + " ./plumbline down inference and ./plumbline up.",
        "localhost | is on a private network, and the operator has not allowed it: have localhost"
            + " added to plumbline.providers.allowed-hosts of inference and inference started"
            + " again; on one machine by the line PLUMBLINE_PROVIDERS_ALLOWED_HOSTS=localhost in"
            + " .plumbline/environment, ./plumbline down inference and ./plumbline up.",
        "169.254.169.254 | resolves to an address that is never called, since credentials are"
            + " handed out there or it leads elsewhere: use another address."
      })
  void a_refusal_says_what_to_do(String host, String sentence) {
    assertThatThrownBy(() -> addresses.resolve(host, 8000))
        .isInstanceOfSatisfying(
            RefusedAddress.class,
            refused -> assertThat(refused.messageForHost("It")).isEqualTo("It " + sentence));
  }

  @Test
  void a_port_of_the_platform_is_named() {
    assertThatThrownBy(() -> allowing(List.of("localhost"), List.of()).resolve("localhost", 8107))
        .isInstanceOfSatisfying(
            RefusedAddress.class,
            refused ->
                assertThat(refused.messageForHost("It"))
                    .isEqualTo(
                        "It is on a private address, where port 8107 is one of the platform's own:"
                            + " let the server listen at another port."));
  }

  @Test
  void a_public_server_may_use_any_port() throws UnknownHostException {
    assertThat(addresses.resolve("8.8.8.8", 8107)).hasSize(1);
  }

  @Test
  void a_network_that_is_none_is_named() {
    assertThatThrownBy(() -> allowing(List.of(), List.of("vllm.models")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plumbline.providers.allowed-networks has 'vllm.models'");
  }

  private static AllowedAddressResolver allowing(List<String> hosts, List<String> networks) {
    Duration second = Duration.ofSeconds(1);
    MockEnvironment environment =
        new MockEnvironment()
            .withProperty("server.port", "8107")
            .withProperty("management.server.port", "9107")
            .withProperty("spring.datasource.url", "jdbc:postgresql://127.0.0.1:15432/inference")
            .withProperty("spring.kafka.bootstrap-servers", "127.0.0.1:19092")
            .withProperty("plumbline.providers.platform-ports", "19093,6379")
            .withProperty("plumbline.services.prompt-registry.url", "http://127.0.0.1:8102")
            .withProperty("plumbline.security.issuer", "http://127.0.0.1:8180/realms/plumbline")
            .withProperty("plumbline.security.nested.uri", "http://127.0.0.1:8188?x=1");
    return new AllowedAddressResolver(
        new ProviderSettings(hosts, networks, List.of(), second, second, 0, 1, 10, "", null),
        new PlatformPorts(environment));
  }
}
