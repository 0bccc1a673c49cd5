package io.plumbline.platform.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.contracts.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A server with the calls of the S3 API that the platform makes, over a map. It checks the
 * signature (AWS Signature Version 4) and the checksums of every request, addresses the bucket by
 * the path, and lists three keys a page.
 */
final class S3TestServer implements AutoCloseable {

  static final String BUCKET = "contents";
  static final String KEY = "test-key";
  static final String SECRET = "test-secret";

  private static final int PAGE = 3;
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, ?"
              + "SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

  /** An object, or a part of one. */
  record Stored(byte[] bytes, Instant modified) {}

  private record Upload(String key, Instant initiated, Map<Integer, byte[]> parts) {}

  private record Answer(int status, byte[] body, Map<String, String> headers) {

    static Answer of(int status, String xml) {
      return new Answer(status, xml.getBytes(UTF_8), Map.of("Content-Type", "application/xml"));
    }

    static Answer error(int status, String code) {
      return of(status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    }
  }

  private final Map<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile boolean away;
  private volatile boolean breakingOff;

  S3TestServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the objects by their keys, for tests to look at and to change. */
  Map<String, Stored> objects() {
    return objects;
  }

  /** Returns the number of uploads in parts that are under way. */
  int uploadsUnderWay() {
    return uploads.size();
  }

  /** Makes the server answer every request with 503, or end that. */
  void setAway(boolean value) {
    away = value;
  }

  /** Makes the server close connections in the middle of an object, or end that. */
  void setBreakingOff(boolean value) {
    breakingOff = value;
  }

  /** Makes all objects older. */
  void age(Duration by) {
    objects.replaceAll((key, each) -> new Stored(each.bytes(), each.modified().minus(by)));
    uploads.replaceAll(
        (id, each) -> new Upload(each.key(), each.initiated().minus(by), each.parts()));
  }

  /** Begins an upload in parts, as a process that is killed leaves it. */
  void beginUpload(String key) {
    uploads.put(
        UUID.randomUUID().toString(), new Upload(key, Instant.now(), new ConcurrentHashMap<>()));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer = answer(exchange, body);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      boolean partly = breakingOff && answer.headers().containsValue("application/octet-stream");
      exchange.getResponseBody().write(answer.body(), 0, partly ? length / 2 : length);
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    if (away) {
      return Answer.error(503, "SlowDown");
    }
    try {
      String refusal = findRefusal(exchange, body);
      if (refusal != null) {
        return Answer.error(refusal.equals("BadDigest") ? 400 : 403, refusal);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    String path = exchange.getRequestURI().getPath();
    Map<String, String> query = query(exchange);
    if (!path.equals("/" + BUCKET) && !path.startsWith("/" + BUCKET + "/")) {
      return Answer.error(404, "NoSuchBucket");
    }
    String key = path.length() > BUCKET.length() + 2 ? path.substring(BUCKET.length() + 2) : "";
    return key.isEmpty() ? onBucket(query) : onObject(exchange, key, query, body);
  }

  private Answer onObject(
      HttpExchange exchange, String key, Map<String, String> query, byte[] body) {
    String upload = query.get("uploadId");
    return switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        if (upload == null) {
          objects.put(key, new Stored(body, Instant.now()));
        } else {
          Objects.requireNonNull(uploads.get(upload))
              .parts()
              .put(Integer.valueOf(Objects.requireNonNull(query.get("partNumber"))), body);
        }
        yield new Answer(200, new byte[0], Map.of("ETag", "\"" + sha256(body) + "\""));
      }
      case "GET" -> {
        Stored stored = objects.get(key);
        yield stored == null
            ? Answer.error(404, "NoSuchKey")
            : new Answer(200, stored.bytes(), Map.of("Content-Type", "application/octet-stream"));
      }
      case "POST" -> upload == null ? begin(key) : complete(upload);
      case "DELETE" -> {
        if (upload == null) {
          objects.remove(key);
        } else {
          uploads.remove(upload);
        }
        yield new Answer(204, new byte[0], Map.of());
      }
      default -> Answer.error(405, "MethodNotAllowed");
    };
  }

  private Answer begin(String key) {
    String id = UUID.randomUUID().toString();
    uploads.put(id, new Upload(key, Instant.now(), new ConcurrentHashMap<>()));
    return Answer.of(
        200,
        "<InitiateMultipartUploadResult><UploadId>"
            + id
            + "</UploadId></InitiateMultipartUploadResult>");
  }

  private Answer complete(String id) {
    Upload upload = uploads.remove(id);
    if (upload == null) {
      return Answer.error(404, "NoSuchUpload");
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    new TreeMap<>(upload.parts()).values().forEach(whole::writeBytes);
    objects.put(upload.key(), new Stored(whole.toByteArray(), Instant.now()));
    return Answer.of(
        200,
        "<CompleteMultipartUploadResult><Key>"
            + upload.key()
            + "</Key></CompleteMultipartUploadResult>");
  }

  private Answer onBucket(Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    if (query.containsKey("uploads")) {
      return Answer.of(
          200,
          uploads.entrySet().stream()
              .filter(each -> each.getValue().key().startsWith(prefix))
              .map(each ->
                  "<Upload><Key>%s</Key><UploadId>%s</UploadId><Initiated>%s</Initiated></Upload>"
                      .formatted(each.getValue().key(), each.getKey(), each.getValue().initiated()))
              .collect(
                  Collectors.joining(
                      "",
                      "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>",
                      "</ListMultipartUploadsResult>")));
    }
    return query.containsKey("delimiter") ? folders(prefix) : page(prefix, query);
  }

  private Answer folders(String prefix) {
    return Answer.of(
        200,
        objects.keySet().stream()
            .filter(key -> key.startsWith(prefix))
            .map(key -> key.substring(0, key.indexOf('/', prefix.length()) + 1))
            .distinct()
            .map(each -> "<CommonPrefixes><Prefix>" + each + "</Prefix></CommonPrefixes>")
            .collect(
                Collectors.joining(
                    "",
                    "<ListBucketResult><IsTruncated>false</IsTruncated>",
                    "</ListBucketResult>")));
  }

  private Answer page(String prefix, Map<String, String> query) {
    String after = query.getOrDefault("continuation-token", "");
    List<Map.Entry<String, Stored>> rest =
        objects.entrySet().stream()
            .filter(each -> each.getKey().startsWith(prefix))
            .filter(each -> each.getKey().compareTo(after) > 0)
            .toList();
    List<Map.Entry<String, Stored>> page = rest.stream().limit(PAGE).toList();
    String more =
        rest.size() > PAGE
            ? "<NextContinuationToken>" + page.getLast().getKey() + "</NextContinuationToken>"
            : "";
    return Answer.of(
        200,
        page.stream()
            .map(each ->
                "<Contents><Key>%s</Key><Size>%d</Size><LastModified>%s</LastModified></Contents>"
                    .formatted(
                        each.getKey(), each.getValue().bytes().length, each.getValue().modified()))
            .collect(
                Collectors.joining(
                    "",
                    "<ListBucketResult><IsTruncated>" + !more.isEmpty() + "</IsTruncated>" + more,
                    "</ListBucketResult>")));
  }

  /** Returns the code of the error with which a request is refused; null when it is in order. */
  private static @Nullable String findRefusal(HttpExchange exchange, byte[] body)
      throws GeneralSecurityException {
    String given = header(exchange, "Authorization");
    Matcher authorization = AUTHORIZATION.matcher(given);
    if (!authorization.matches() || !authorization.group(1).equals(KEY)) {
      return "InvalidAccessKeyId";
    }
    String day = authorization.group(2);
    String region = authorization.group(3);
    String signed = authorization.group(4);
    String payload = header(exchange, "x-amz-content-sha256");
    String headers =
        Arrays.stream(signed.split(";"))
            .map(name -> name + ":" + header(exchange, name).strip() + "\n")
            .collect(Collectors.joining());
    String canonical =
        String.join(
            "\n",
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            canonicalQuery(exchange),
            headers,
            signed,
            payload);
    String scope = day + "/" + region + "/s3/aws4_request";
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            header(exchange, "x-amz-date"),
            scope,
            sha256(canonical.getBytes(UTF_8)));
    byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (String each : List.of(day, region, "s3", "aws4_request")) {
      key = hmac(key, each);
    }
    if (!HexFormat.of().formatHex(hmac(key, text)).equals(authorization.group(5))) {
      return "SignatureDoesNotMatch";
    }
    return checksumsMatch(exchange, payload, body) ? null : "BadDigest";
  }

  private static boolean checksumsMatch(HttpExchange exchange, String payload, byte[] body) {
    MessageDigest sha256 = Digest.sha256();
    byte[] digest = sha256.digest(body);
    String checksum = header(exchange, "x-amz-checksum-sha256");
    // The SDK signs no hash of the body, but the checksum, which is a header.
    return (payload.equals("UNSIGNED-PAYLOAD") || payload.equals(HexFormat.of().formatHex(digest)))
        && (checksum.isEmpty()
            ? body.length == 0 || exchange.getRequestMethod().equals("POST")
            : checksum.equals(Base64.getEncoder().encodeToString(digest)));
  }

  private static String canonicalQuery(HttpExchange exchange) {
    return parameters(exchange)
        .map(each -> each.contains("=") ? each : each + "=")
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> query(HttpExchange exchange) {
    return parameters(exchange)
        .map(each -> each.split("=", 2))
        .collect(
            Collectors.toMap(
                each -> each[0],
                each -> each.length == 1 ? "" : URLDecoder.decode(each[1], UTF_8)));
  }

  private static Stream<String> parameters(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? Stream.empty() : Arrays.stream(query.split("&"));
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name.toLowerCase(Locale.ROOT));
    return value == null ? "" : value;
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Digest.sha256().digest(bytes));
  }
}
