package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.process.ChildProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the access of each service on the broker as the launcher runs it. */
class BrokerAccessTests {

  @TempDir static Path root;
  private static Kafka kafka;
  private static Secrets secrets;
  private static Process broker;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Layout layout = new Layout(root);
    layout.create();
    ownLibraries(Files.createDirectories(layout.serverJars()));
    Files.createDirectories(layout.subscriptions().getParent());
    Files.copy(Path.of("../kafka/subscriptions.json"), layout.subscriptions());
    secrets = Secrets.at(layout.secrets());
    kafka = new Kafka(layout, secrets, freePort(), freePort());
    kafka.prepare();
    broker = kafka.process().start();
    while (!kafka.isReady()) {
      assertThat(broker.isAlive()).as("broker, whose log is %s", layout.log("kafka")).isTrue();
      Thread.sleep(100);
    }
    kafka.configure();
  }

  @AfterAll
  static void stop() {
    ChildProcess.stop(broker.toHandle(), "TERM");
  }

  @Test
  void a_service_publishes_to_its_own_topic() {
    assertThatCode(() -> publish("evaluation", "plumbline.evaluation")).doesNotThrowAnyException();
  }

  @Test
  void a_service_that_publishes_to_the_topic_of_another_is_refused() {
    assertThatThrownBy(() -> publish("evaluation", "plumbline.compliance"))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  void every_service_publishes_to_its_own_topic_alone() {
    for (Application service : services()) {
      try (KafkaProducer<String, String> producer = producer(service.name())) {
        List<String> open =
            Application.topics().stream()
                .filter(topic -> catchThrowable(() -> publish(producer, topic)) == null)
                .toList();
        assertThat(open).as(service.name()).containsExactly("plumbline." + service.name());
      }
    }
  }

  @Test
  void a_service_consumes_what_it_subscribes_to_in_a_group_of_its_own() {
    assertThatCode(() -> consume("training", "training", "plumbline.strategy"))
        .doesNotThrowAnyException();
    assertThatCode(() -> consume("training", "training-heads-1", "plumbline.compliance"))
        .doesNotThrowAnyException();
  }

  @Test
  void a_service_that_consumes_what_it_does_not_subscribe_to_is_refused() {
    assertThatThrownBy(() -> consume("training", "training", "plumbline.prompt-registry"))
        .isInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  void a_service_that_joins_the_group_of_another_is_refused() {
    assertThatThrownBy(() -> consume("training", "compliance-ledger", "plumbline.strategy"))
        .isInstanceOf(GroupAuthorizationException.class);
  }

  @Test
  void a_service_grants_itself_nothing() {
    try (Admin training = Admin.create(client("training"))) {
      assertThatThrownBy(() -> training.describeAcls(AclBindingFilter.ANY).values().get())
          .hasCauseInstanceOf(ClusterAuthorizationException.class);
      assertThatThrownBy(() ->
              training
                  .createTopics(List.of(new NewTopic("plumbline.other", 1, (short) 1)))
                  .all()
                  .get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void who_does_not_sign_in_is_not_answered() {
    try (Admin nobody = Admin.create(anonymous())) {
      assertThatThrownBy(() -> nobody.describeCluster().nodes().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void the_password_of_another_service_opens_nothing() {
    Map<String, Object> settings = anonymous();
    settings.putAll(Kafka.loginSettings("evaluation", secrets.broker("training")));
    try (Admin disguised = Admin.create(settings)) {
      assertThatThrownBy(() -> disguised.describeCluster().nodes().get())
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  /** Checks that a grant of an earlier version does not stay. */
  @Test
  void a_grant_that_is_no_longer_wanted_is_taken_back() throws Exception {
    try (Admin launcher = kafka.createAdminClient()) {
      int before = launcher.describeAcls(AclBindingFilter.ANY).values().get().size();
      launcher
          .createAcls(BrokerAccess.grantsToWrite("training", "plumbline.compliance"))
          .all()
          .get();
      awaitGrants(launcher, before + 1);
      kafka.configure();
      awaitGrants(launcher, before);
    }
  }

  /** Waits until the broker, which answers before a change of grants is in effect, has as many. */
  private static void awaitGrants(Admin admin, int count) throws Exception {
    while (admin.describeAcls(AclBindingFilter.ANY).values().get().size() != count) {
      Thread.sleep(20);
    }
  }

  @Test
  void no_password_is_in_the_command_line_and_none_of_a_service_in_a_file() throws IOException {
    assertThat(kafka.process().command())
        .noneMatch(argument -> argument.contains(secrets.broker("launcher")));
    try (Stream<Path> files = Files.list(root.resolve(".plumbline"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("secrets.json")) {
          assertThat(Files.readString(file)).doesNotContain(secrets.broker("training"));
        }
      }
    }
  }

  private static List<Application> services() {
    return Application.values().stream().filter(Application::hasDatabase).toList();
  }

  private static void publish(String service, String topic) throws Exception {
    try (KafkaProducer<String, String> producer = producer(service)) {
      publish(producer, topic);
    }
  }

  private static void publish(KafkaProducer<String, String> producer, String topic)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, "key", "value")).get();
  }

  private static KafkaProducer<String, String> producer(String service) {
    Map<String, Object> settings = client(service);
    settings.put("enable.idempotence", true);
    settings.put("acks", "all");
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static void consume(String service, String group, String topic) {
    Map<String, Object> settings = client(service);
    settings.put("group.id", group);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (consumer.assignment().isEmpty()) {
        consumer.poll(Duration.ofMillis(100));
      }
    }
  }

  private static Map<String, Object> client(String service) {
    Map<String, Object> settings = anonymous();
    settings.putAll(Kafka.loginSettings(service, secrets.broker(service)));
    return settings;
  }

  private static Map<String, Object> anonymous() {
    return new HashMap<>(
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:" + kafka.port(),
            "request.timeout.ms",
            2_000,
            "default.api.timeout.ms",
            2_000));
  }

  /** Links the jars into the folder that packaging makes, before there is a package. */
  private static void ownLibraries(Path folder) throws IOException {
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar")) {
        Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar.toAbsolutePath());
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
