package io.plumbline.platform.body;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A body that is read as it arrives, and whose reading fails with a problem once it is late. */
final class DeadlineInputStream extends ServletInputStream {

  private final ServletInputStream body;
  private final BodyDeadline.Arrival arrival;

  DeadlineInputStream(ServletInputStream body, BodyDeadline.Arrival arrival) {
    this.body = body;
    this.arrival = arrival;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return arrival.read(() -> body.read(target, offset, length));
  }

  @Override
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(listener);
  }
}
