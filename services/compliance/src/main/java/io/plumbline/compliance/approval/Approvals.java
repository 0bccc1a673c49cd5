package io.plumbline.compliance.approval;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface Approvals extends JpaRepository<Approval, UUID> {

  boolean existsByRequestEventId(UUID event);

  List<Approval> findByRequestTypeAndObjectAndState(
      String type, String object, ApprovalState state);

  boolean existsByObjectAndSubjectDigestAndState(
      String object, Digest subjectDigest, ApprovalState state);

  List<Approval> findTop100ByStateAndExpiresAtBefore(ApprovalState state, Instant now);
}
