package io.plumbline.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a browser that a sign-in at the realm needs: cookies, redirects and one form. */
final class Browser {

  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
  private static final int MAX_REDIRECTS = 10;

  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * The cookies by host and port. The realm and the gateway are on one machine, so one jar would
   * mix their cookies up.
   */
  private final Map<String, Map<String, String>> cookies = new TreeMap<>();

  HttpResponse<String> get(String url) {
    return send(URI.create(url), null);
  }

  /**
   * Sends the gateway's cookies to another port, as browsers do: cookies have no port (RFC 6265).
   */
  HttpResponse<String> getAtPort(String url) {
    URI other = URI.create(url);
    cookies.put(
        other.getAuthority(),
        new TreeMap<>(cookies.get(URI.create(Platform.access().gateway()).getAuthority())));
    return get(url);
  }

  /** Follows the gateway to the realm, fills in its form, and follows it back. */
  HttpResponse<String> signIn(String user, String password) {
    HttpResponse<String> page =
        follow(get(Platform.access().gateway() + "/oauth2/authorization/keycloak"));
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new AssertionError(
          "No form in " + page.uri() + ", " + page.statusCode() + " " + page.body());
    }
    String fields =
        "username="
            + URLEncoder.encode(user, StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8);
    return follow(send(URI.create(form.group(1).replace("&amp;", "&")), fields));
  }

  private HttpResponse<String> follow(HttpResponse<String> answer) {
    HttpResponse<String> last = answer;
    for (int i = 0; i < MAX_REDIRECTS && last.statusCode() / 100 == 3; i++) {
      last = send(last.uri().resolve(last.headers().firstValue("Location").orElseThrow()), null);
    }
    return last;
  }

  private HttpResponse<String> send(URI uri, @Nullable String form) {
    Map<String, String> jar = cookies.computeIfAbsent(uri.getAuthority(), each -> new TreeMap<>());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Accept", "text/html, */*;q=0.8");
    if (!jar.isEmpty()) {
      request.header(
          "Cookie",
          jar.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (form != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString(form));
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(each -> keep(jar, each));
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(uri.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void keep(Map<String, String> jar, String header) {
    String[] pair = header.split(";", 2)[0].split("=", 2);
    if (header.contains("Max-Age=0") || pair[1].isEmpty()) {
      jar.remove(pair[0]);
    } else {
      jar.put(pair[0], pair[1]);
    }
  }
}
