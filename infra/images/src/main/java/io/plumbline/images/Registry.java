package io.plumbline.images;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.plumbline.images.OciArchive.Descriptor;
import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pushes archives to a registry by the distribution API of OCI. Jib pushes images alone; here
 * signatures and attestations have to keep the media types and annotations that cosign reads. The
 * password is that of {@code docker login}, as Jib finds it.
 */
final class Registry implements AutoCloseable {

  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Duration TIMEOUT = Duration.ofMinutes(15);
  private static final int MAX_SHOWN = 300;

  private final RegistryAddress address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(20))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** The header of each repository that asked for one. */
  private final Map<String, String> authorizations = new HashMap<>();

  Registry(RegistryAddress address) {
    this.address = address;
  }

  /** Pushes what an archive holds, and returns its name in the registry. */
  String push(OciArchive archive) throws IOException {
    String name = archive.name();
    String repository = name.substring(0, name.indexOf(':'));
    String tag = name.substring(name.indexOf(':') + 1);
    for (Descriptor blob : archive.blobs()) {
      if (!hasBlob(repository, blob.digest())) {
        pushBlob(repository, blob, () -> open(archive, blob.digest()));
      }
    }
    Descriptor manifest = archive.manifest();
    BodyPublisher body = BodyPublishers.ofByteArray(archive.readBlob(manifest.digest()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.uri(repository, "manifests/" + tag))
            .header("Content-Type", manifest.mediaType())
            .PUT(body);
    expect(201, send(repository, request), "the manifest of " + name);
    return address.name(name);
  }

  private boolean hasBlob(String repository, String digest) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.uri(repository, "blobs/" + digest))
            .method("HEAD", BodyPublishers.noBody());
    return send(repository, request).statusCode() == 200;
  }

  private void pushBlob(String repository, Descriptor blob, Supplier<InputStream> content) {
    URI uploads = address.uri(repository, "blobs/uploads/");
    HttpResponse<String> started =
        send(repository, HttpRequest.newBuilder(uploads).POST(BodyPublishers.noBody()));
    expect(202, started, "an upload");
    URI location =
        uploads.resolve(
            started
                .headers()
                .firstValue("Location")
                .orElseThrow(() ->
                    new LauncherException(address.host() + " names no place for an upload.")));
    requireSameScheme(location);
    String separator = location.getRawQuery() == null ? "?" : "&";
    URI complete = URI.create(location + separator + "digest=" + encoded(blob.digest()));
    HttpRequest.Builder upload =
        HttpRequest.newBuilder(complete)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content), blob.size()));
    expect(201, send(repository, upload), "a layer of " + repository);
  }

  /**
   * Refuses an address that leaves HTTPS: what follows carries the password or a token, so it must
   * not go from HTTPS to HTTP.
   */
  private void requireSameScheme(URI location) {
    if (!location.getScheme().equals(address.scheme())) {
      throw new LauncherException(
          "%s wants uploads sent to %s, which is not %s."
              .formatted(address.host(), location, address.scheme()));
    }
  }

  private static InputStream open(OciArchive archive, String digest) {
    try {
      return archive.openBlob(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void expect(int status, HttpResponse<String> response, String what) {
    if (response.statusCode() != status) {
      String body = response.body().strip();
      String hint =
          response.statusCode() == 401 || response.statusCode() == 403
              ? " Sign in with `docker login %s` or `crane auth login %s`."
                  .formatted(address.host(), address.host())
              : "";
      throw new LauncherException(
          "%s did not accept %s: HTTP %d %s%s"
              .formatted(
                  address.host(),
                  what,
                  response.statusCode(),
                  body.substring(0, Math.min(MAX_SHOWN, body.length())),
                  hint));
    }
  }

  private HttpResponse<String> send(String repository, HttpRequest.Builder request) {
    HttpResponse<String> response = sendOnce(repository, request);
    Optional<String> challenge = response.headers().firstValue("WWW-Authenticate");
    if (response.statusCode() != 401 || challenge.isEmpty()) {
      return response;
    }
    Optional<String> authorization = authorization(repository, challenge.get());
    if (authorization.isEmpty()) {
      return response;
    }
    authorizations.put(repository, authorization.get());
    return sendOnce(repository, request);
  }

  private HttpResponse<String> sendOnce(String repository, HttpRequest.Builder request) {
    HttpRequest.Builder authorized = request.copy().timeout(TIMEOUT);
    Optional.ofNullable(authorizations.get(repository))
        .ifPresent(header -> authorized.setHeader("Authorization", header));
    return exchange(authorized.build());
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LauncherException(
          "%s does not answer: %s".formatted(request.uri().getAuthority(), reason(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("Interrupted while pushing to " + address.host() + ".", e);
    }
  }

  private static String reason(IOException failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }

  /** Returns the header that a registry asks for: the password, or a token that it is given for. */
  private Optional<String> authorization(String repository, String challenge) {
    Optional<String> basic =
        credential(repository)
            .map(each ->
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (each.getUsername() + ":" + each.getPassword())
                                .getBytes(StandardCharsets.UTF_8)));
    if (!challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return basic;
    }
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(challenge);
    while (matcher.find()) {
      parameters.put(matcher.group(1), matcher.group(2));
    }
    URI realm =
        URI.create(
            parameters.getOrDefault("realm", "")
                + "?service="
                + encoded(parameters.getOrDefault("service", ""))
                + "&scope="
                + encoded("repository:" + address.prefix() + repository + ":pull,push"));
    requireSameScheme(realm);
    HttpRequest.Builder request = HttpRequest.newBuilder(realm).timeout(TIMEOUT);
    basic.ifPresent(header -> request.header("Authorization", header));
    HttpResponse<String> answer = exchange(request.build());
    expect(200, answer, "the password");
    var json = JsonMapper.shared().readTree(answer.body());
    String token = json.path("token").asString(json.path("access_token").asString(""));
    return Optional.of("Bearer " + token);
  }

  private Optional<Credential> credential(String repository) {
    try {
      return CredentialRetrieverFactory.forImage(
              ImageReference.of(address.host(), address.prefix() + repository, null), event -> {})
          .dockerConfig()
          .retrieve();
    } catch (CredentialRetrievalException e) {
      throw new LauncherException(
          "Cannot read the password for " + address.host() + ": " + e.getMessage(), e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
