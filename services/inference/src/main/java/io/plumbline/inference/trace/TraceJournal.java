package io.plumbline.inference.trace;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.observability.Metrics;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The journal of this process, which holds traces. */
@Component
public class TraceJournal {

  /** A lenient mapper: a process of an earlier version may ship the traces of a later one. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Journal journal;

  TraceJournal(TraceSettings settings, MeterRegistry meters) throws IOException {
    this.journal = Journal.open(settings.directory(), settings.maxBytes().toBytes());
    Metrics.TRACES_WAITING.gauge(meters, journal, each -> (double) each.waitingBytes());
  }

  /**
   * Requires that the journal can take a trace. It is called before a model is called, because a
   * call that cannot be metered must not be answered.
   *
   * @throws JournalFailure when nothing can be recorded at present
   */
  public void requireRoom() {
    journal.requireRoom();
  }

  /**
   * Appends a trace. Once this returns, the trace survives the death of this process.
   *
   * @throws JournalFailure when it cannot be written
   */
  public void append(TraceRecord trace) {
    journal.append(encode(trace));
  }

  static byte[] encode(TraceRecord trace) {
    return JSON.writeValueAsBytes(trace);
  }

  /** The traces of a file. */
  record Segment(List<TraceRecord> traces, boolean whole) {}

  static Segment read(Path file) throws IOException {
    JournalSegment.Content content = JournalSegment.read(file);
    List<TraceRecord> traces = new ArrayList<>(content.records().size());
    boolean whole = content.whole();
    for (byte[] each : content.records()) {
      try {
        traces.add(JSON.readValue(each, TraceRecord.class));
      } catch (JacksonException e) {
        // A later version wrote this trace, which does not affect the others.
        whole = false;
      }
    }
    return new Segment(traces, whole);
  }

  Journal files() {
    return journal;
  }

  @PreDestroy
  void close() throws IOException {
    journal.close();
  }
}
