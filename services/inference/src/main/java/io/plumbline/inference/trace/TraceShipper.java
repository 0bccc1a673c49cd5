package io.plumbline.inference.trace;

import io.plumbline.inference.usage.RequestRecord;
import io.plumbline.inference.usage.Usage;
import io.plumbline.inference.usage.UsageMeter;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.ProcessFolder;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves traces from the closed files of the journal to the database. A file can hold traces of
 * several workspaces; those of one workspace are stored in one transaction together with their
 * usage.
 *
 * <p>A file is deleted once all its traces are stored. It is set aside instead when a part of it
 * cannot be read or the database refuses a trace, and it stays to be shipped again when storing
 * failed for another reason. Traces that are stored already are skipped, so shipping a file twice
 * counts nothing twice. Files that an ended process left in the journal are shipped too.
 */
@Component
public class TraceShipper {

  private static final Logger log = LoggerFactory.getLogger(TraceShipper.class);

  /** The interval at which files of ended processes are looked for. */
  private static final Duration SEARCH = Duration.ofSeconds(10);

  private final TraceJournal journal;
  private final TraceTable table;
  private final UsageMeter usage;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private Instant searched = Instant.EPOCH;

  TraceShipper(
      TraceJournal journal,
      TraceTable table,
      UsageMeter usage,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.journal = journal;
    this.table = table;
    this.usage = usage;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Ships all closed files, then closes the current one and ships it. The current file stays open
   * while closed files could not be shipped, so that an unavailable database leaves a few large
   * files. At intervals the files of ended processes are shipped as well.
   */
  @PreDestroy
  synchronized void ship() throws IOException {
    preparePartitions();
    Journal own = journal.files();
    boolean shipped = shipAll(own.closedFiles());
    if (shipped && own.closeFile()) {
      shipAll(own.closedFiles());
    }
    Instant now = clock.instant();
    if (searched.plus(SEARCH).isBefore(now)) {
      searched = now;
      shipAbandoned();
    }
  }

  /** Creates the partitions of today and tomorrow, so that no call has to wait at midnight. */
  private void preparePartitions() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    table.createPartition(today);
    table.createPartition(today.plusDays(1));
  }

  private boolean shipAll(List<Path> files) throws IOException {
    boolean all = true;
    for (Path file : files) {
      switch (shipFile(file)) {
        case WHOLE -> journal.files().deleteShipped(file);
        case PARTLY -> journal.files().setAside(file);
        case LATER -> all = false;
      }
    }
    return all;
  }

  /** Ships the files of processes that ended without an orderly stop or without a database. */
  private void shipAbandoned() throws IOException {
    for (ProcessFolder folder : journal.files().abandonedFolders()) {
      try (folder) {
        for (Path file : JournalSegment.filesIn(folder.path())) {
          log.info(
              "Journal file {} was left by a process that has ended. This process now stores the"
                  + " traces in it",
              file);
          switch (shipFile(file)) {
            case WHOLE -> Files.delete(file);
            case PARTLY -> JournalSegment.setAside(file);
            case LATER -> {}
          }
        }
        folder.removeIfEmpty();
      }
    }
  }

  /** The results of shipping a file or a part of it, the worst last. */
  private enum Shipment {
    /** Everything is stored. */
    WHOLE,
    /** A part cannot be read, or the database refuses it, so the file is kept for people. */
    PARTLY,
    /** Storing failed for another reason, so the file is shipped again. */
    LATER
  }

  private Shipment shipFile(Path file) throws IOException {
    TraceJournal.Segment segment = TraceJournal.read(file);
    Map<UUID, List<TraceRecord>> byWorkspace =
        segment.traces().stream()
            .collect(
                Collectors.groupingBy(
                    TraceRecord::workspace, LinkedHashMap::new, Collectors.toList()));
    Shipment worst = segment.whole() ? Shipment.WHOLE : Shipment.PARTLY;
    for (Map.Entry<UUID, List<TraceRecord>> each : byWorkspace.entrySet()) {
      Shipment shipped = shipTraces(each.getKey(), each.getValue());
      if (shipped.compareTo(worst) > 0) {
        worst = shipped;
      }
    }
    if (worst == Shipment.PARTLY) {
      log.error(
          "Journal file {} holds traces that cannot be read, or that the database refuses. The file"
              + " is kept for examination; its other traces are stored",
          file);
    }
    return worst;
  }

  private Shipment shipTraces(UUID workspace, List<TraceRecord> traces) {
    try {
      traces.stream()
          .flatMap(trace -> Stream.of(trace.day(), trace.endDay()))
          .distinct()
          .forEach(table::createPartition);
      Caller.system(workspace).run(() -> transaction.executeWithoutResult(status -> store(traces)));
      return Shipment.WHOLE;
    } catch (DataIntegrityViolationException refused) {
      if (traces.size() == 1) {
        log.error(
            "The database refuses the trace of request {} of workspace {}. The trace is not stored,"
                + " and the journal file that has it is kept",
            traces.getFirst().requestId(),
            workspace,
            refused);
        return Shipment.PARTLY;
      }
      // The traces are stored one by one, so that only the refused ones are left out.
      return traces.stream()
          .map(each -> shipTraces(workspace, List.of(each)))
          .max(Comparator.naturalOrder())
          .orElse(Shipment.WHOLE);
    } catch (RuntimeException e) {
      // No failure, be it an unavailable database or a defect, may affect the other workspaces.
      log.warn(
          "Traces of workspace {} were not stored. They stay in the journal, and will be tried"
              + " again: {}",
          workspace,
          e.toString());
      return Shipment.LATER;
    }
  }

  private void store(List<TraceRecord> traces) {
    usage.add(
        table.insert(traces).stream()
            .filter(TraceRecord::metered)
            .map(TraceShipper::usageOf)
            .toList());
  }

  private static Usage usageOf(TraceRecord trace) {
    RequestRecord committed = trace.ledgerRecord();
    return new Usage(
        committed.requestId(),
        committed.leafHash(),
        trace.timing().endedAt(),
        trace.origin().application(),
        trace.origin().variant(),
        trace.origin().model(),
        committed.apiKeyId(),
        trace.outcome().status() == TraceRecord.Status.ERROR,
        trace.outcome().cache().equals("hit"),
        trace.origin().environment() != null || committed.apiKeyId() != null,
        trace.consumption().tokens(),
        trace.consumption().cost());
  }
}
