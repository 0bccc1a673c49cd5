package io.plumbline.inference.provider.proxy;

import java.io.IOException;

/** The failure that the proxy made no connection to a provider. The provider was not asked. */
public final class ProxyFailure extends IOException {

  private static final long serialVersionUID = 1L;

  /** The cause of a failure. */
  public enum Reason {
    /** The proxy itself cannot be reached. */
    PROXY_UNREACHABLE,
    /** The proxy wants another user or password, or another kind of sign-in. */
    SIGN_IN,
    /** The proxy tried, and did not reach the provider. */
    PROVIDER_UNREACHABLE,
    /** The proxy does not connect to this host or port. */
    REFUSED
  }

  private static final int SIGN_IN_REQUIRED = 407;
  private static final int SERVER_ERROR = 500;

  private final Reason reason;
  private final int status;

  /** Creates the failure for a proxy that cannot be reached. */
  ProxyFailure(IOException cause) {
    super(cause);
    this.reason = Reason.PROXY_UNREACHABLE;
    this.status = 0;
  }

  /** Creates the failure for a proxy that answered with another status than 200. */
  ProxyFailure(int status) {
    super("The proxy answered with status " + status);
    this.reason =
        status == SIGN_IN_REQUIRED
            ? Reason.SIGN_IN
            : status >= SERVER_ERROR ? Reason.PROVIDER_UNREACHABLE : Reason.REFUSED;
    this.status = status;
  }

  public Reason reason() {
    return reason;
  }

  /** Returns the status of the proxy's answer; 0 when there was none. */
  public int status() {
    return status;
  }
}
