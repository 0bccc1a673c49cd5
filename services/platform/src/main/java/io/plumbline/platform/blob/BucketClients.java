package io.plumbline.platform.blob;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens clients of the S3 API. Certificates are checked by the trust store of the JVM. */
final class BucketClients {

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** The maximum time of one attempt; of a download, until its first byte arrives. */
  private static final Duration ATTEMPT = Duration.ofMinutes(2);

  private BucketClients() {}

  static S3Client open(BucketSettings settings) {
    return S3Client.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(settings.timeout()))
        .endpointOverride(settings.endpoint())
        .region(Region.of(settings.region()))
        .forcePathStyle(settings.pathStyle())
        .credentialsProvider(credentials(settings.credentials()))
        // SHA-256 checksums are sent with each request, and content is hashed when it is read.
        // The SDK's own checksums would add nothing, and not every server knows them.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
        .overrideConfiguration(limits -> limits.apiCallAttemptTimeout(ATTEMPT))
        .build();
  }

  private static AwsCredentialsProvider credentials(@Nullable Path file) {
    if (file == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    return ProfileCredentialsProvider.builder()
        .profileFile(ProfileFileSupplier.reloadWhenModified(file, ProfileFile.Type.CREDENTIALS))
        .build();
  }
}
