package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.plumbline.manifests.Manifests.Manifest;
import io.plumbline.manifests.Reachability.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests what the chart renders where contents are kept in a bucket. */
class BucketChartTests {

  /** The services that read or write contents. */
  private static final Set<String> READERS =
      Set.of("dataset-registry", "evaluation", "inference", "model-registry", "training");

  private static final List<Manifest> RENDERED =
      Chart.manifests(
          """
          blobs:
            s3:
              bucket: contents
              endpoint: https://s3.example:9000
              region: eu-central-1
              prefix: plumbline/
              pathStyle: true
              credentials: {secret: "plumbline-{application}-bucket", key: file}
              cache: 2GB
              scratch: 9Gi
              peers: [{ipBlock: {cidr: 203.0.113.9/32}}]
              ports: [9000]
          """);

  @Test
  void no_volume_is_shared() {
    assertThat(of(PersistentVolumeClaim.class).map(BucketChartTests::name))
        .containsExactlyInAnyOrder(
            "plumbline-traces", "plumbline-ledger-head", "plumbline-ledger-key");
    assertThat(claims()).doesNotContain("plumbline-blobs");
    assertThat(configuration())
        .containsEntry("PLUMBLINE_BLOBS_DIRECTORY", "/var/lib/plumbline/own")
        .doesNotContainKey("PLUMBLINE_BLOBS_SHARED");
  }

  private static Stream<String> claims() {
    return of(Deployment.class)
        .flatMap(BucketChartTests::volumes)
        .filter(volume -> volume.getPersistentVolumeClaim() != null)
        .map(volume -> volume.getPersistentVolumeClaim().getClaimName());
  }

  private static Map<String, String> configuration() {
    return of(ConfigMap.class)
        .filter(map -> name(map).equals("plumbline"))
        .findFirst()
        .orElseThrow()
        .getData();
  }

  @Test
  void those_that_read_or_write_contents_know_the_bucket_and_have_a_folder_for_copies() {
    assertThat(of(Deployment.class))
        .allSatisfy(deployment -> {
          boolean reads = READERS.contains(name(deployment));
          assertThat(settings(deployment)).isEqualTo(reads ? expectedSettings() : Map.of());
          assertThat(mounts(deployment))
              .isEqualTo(
                  reads
                      ? Map.of(
                          "blobs", "/var/lib/plumbline/own",
                          "bucket-credentials", "/etc/plumbline/bucket")
                      : Map.of());
        });
  }

  private static Map<String, String> expectedSettings() {
    return Map.of(
        "PLUMBLINE_BLOBS_S3_BUCKET", "contents",
        "PLUMBLINE_BLOBS_S3_ENDPOINT", "https://s3.example:9000",
        "PLUMBLINE_BLOBS_S3_REGION", "eu-central-1",
        "PLUMBLINE_BLOBS_S3_PREFIX", "plumbline/",
        "PLUMBLINE_BLOBS_S3_PATH_STYLE", "true",
        "PLUMBLINE_BLOBS_S3_CACHE", "2GB",
        "PLUMBLINE_BLOBS_S3_CREDENTIALS", "/etc/plumbline/bucket/credentials");
  }

  private static Map<String, String> settings(Deployment deployment) {
    return container(deployment).getEnv().stream()
        .filter(variable -> variable.getName().startsWith("PLUMBLINE_BLOBS_"))
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private static Map<String, String> mounts(Deployment deployment) {
    return container(deployment).getVolumeMounts().stream()
        .filter(mount -> Set.of("blobs", "bucket-credentials").contains(mount.getName()))
        .collect(Collectors.toMap(mount -> mount.getName(), mount -> mount.getMountPath()));
  }

  @Test
  void the_credentials_are_those_of_the_service_and_the_folder_has_a_limit() {
    List<Volume> volumes =
        of(Deployment.class)
            .filter(deployment -> name(deployment).equals("training"))
            .flatMap(BucketChartTests::volumes)
            .toList();
    assertThat(volumes)
        .filteredOn(volume -> volume.getName().equals("bucket-credentials"))
        .singleElement()
        .satisfies(volume -> {
          assertThat(volume.getSecret().getSecretName()).isEqualTo("plumbline-training-bucket");
          assertThat(volume.getSecret().getItems())
              .singleElement()
              .returns("file", item -> item.getKey())
              .returns("credentials", item -> item.getPath());
        });
    assertThat(volumes)
        .filteredOn(volume -> volume.getName().equals("blobs"))
        .singleElement()
        .returns("9Gi", volume -> volume.getEmptyDir().getSizeLimit().toString());
  }

  @Test
  void without_a_secret_no_file_of_credentials_is_named() {
    String rendered =
        Chart.render("blobs: {s3: {bucket: contents, peers: [{ipBlock: {cidr: 10.0.0.9/32}}]}}");
    assertThat(rendered)
        .contains("PLUMBLINE_BLOBS_S3_BUCKET")
        .doesNotContain("bucket-credentials", "PLUMBLINE_BLOBS_S3_CREDENTIALS");
  }

  @Test
  void only_they_reach_the_bucket_and_by_its_port_alone() {
    List<Pod> pods = of(Deployment.class).map(Pod::of).toList();
    Reachability reachability = new Reachability(of(NetworkPolicy.class).toList(), pods);
    Pod bucket =
        new Pod(
            "the bucket",
            "outside",
            Map.of(),
            "203.0.113.9",
            new TreeMap<>(Map.of(9000, "", 80, "")));
    Map<String, Set<String>> reached =
        pods.stream()
            .filter(pod -> !reachability.ports(pod, bucket).isEmpty())
            .collect(Collectors.toMap(Pod::name, pod -> reachability.ports(pod, bucket)));
    assertThat(reached)
        .isEqualTo(
            READERS.stream().collect(Collectors.toMap(reader -> reader, reader -> Set.of("9000"))));
  }

  @Test
  void all_objects_obey_the_rules() {
    assertThat(RENDERED)
        .allSatisfy(
            manifest -> assertThat(Manifests.unknownFields(manifest.understood())).isEmpty());
    assertThat(of(Deployment.class))
        .allSatisfy(deployment -> assertThat(PodRules.violations(deployment)).isEmpty());
  }

  private static Stream<Volume> volumes(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getVolumes().stream();
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private static <T> Stream<T> of(Class<T> kind) {
    return RENDERED.stream().map(Manifest::understood).filter(kind::isInstance).map(kind::cast);
  }
}
