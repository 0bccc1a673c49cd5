package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.IdentityRecording;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code compliance}. */
@EventSource("compliance")
public sealed interface ComplianceEvent extends Event {

  /**
   * A version of a policy is in force from now on.
   *
   * @param source the policy's CEL text; {@code target} names the gate it applies to: {@code
   *     dataset-admission}, {@code release}, {@code refresh}
   * @param proposalId the proposal that a second person, the actor of the event, confirmed; absent
   *     for the policies that a workspace starts with, and in events from before policies took two
   *     people
   * @param proposedBy the person who proposed it; absent like {@code proposalId}
   */
  @EventType("policy.activated")
  record PolicyActivated(
      String policy,
      int version,
      String target,
      String source,
      Digest policyDigest,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID proposalId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String proposedBy)
      implements ComplianceEvent {

    /** Creates the activation of a policy that nobody proposed. */
    public PolicyActivated(
        String policy, int version, String target, String source, Digest policyDigest) {
      this(policy, version, target, source, policyDigest, null, null);
    }
  }

  /**
   * A version of a policy was proposed. The former version stays in force until a second person
   * confirms it.
   *
   * @param formerVersion the version in force at the proposal; 0 if there was none
   */
  @EventType("policy.change-requested")
  record PolicyChangeRequested(
      UUID proposalId,
      String policy,
      int formerVersion,
      String target,
      String source,
      Digest policyDigest,
      String reason,
      String requester)
      implements ComplianceEvent {}

  /** A second person, the actor of the event, rejected a proposed version of a policy. */
  @EventType("policy.change-rejected")
  record PolicyChangeRejected(
      UUID proposalId, String policy, Digest policyDigest, String requester, String reason)
      implements ComplianceEvent {}

  /**
   * The ledger signed a tree head. Compliance publishes one every few seconds, even when nothing
   * happened. It is not recorded in the ledger itself.
   *
   * @param origin the name of the log in the signed checkpoint; absent means {@code
   *     plumbline/ledger}
   * @param proof the proof that this tree begins with that of the head published before; absent
   *     from the first head, from a head over the same number of entries, and from heads of earlier
   *     versions
   * @param successions the replacements that lead from an earlier key to this one, oldest first;
   *     absent if there were none
   */
  @EventType("head.signed")
  record HeadSigned(
      long treeSize,
      Digest root,
      Instant signedAt,
      String signature,
      String keyId,
      @Nullable String origin,
      @Nullable HeadProof proof,
      @Nullable List<KeySuccession> successions)
      implements ComplianceEvent {}

  /**
   * A consistency proof (RFC 9162, section 2.1.4).
   *
   * @param from the number of entries of the smaller tree
   * @param path the hashes of the nodes that connect the two roots
   */
  record HeadProof(long from, List<Digest> path) {}

  /**
   * The statement of a ledger's key that another key signs from now on.
   *
   * @param publicKey the new key, X.509 in Base64
   * @param signature the former key's signature over the statement, in Base64
   */
  record KeySuccession(String formerKeyId, String publicKey, String signature) {}

  /**
   * The ledger signs with another key from now on.
   *
   * @param publicKey the new key, X.509 in Base64
   * @param signature the former key's signature over the statement of succession, in Base64; absent
   *     if that key was lost
   * @param statement what the operator stated about the replacement; always there if the former key
   *     was lost
   */
  @EventType("ledger-key.replaced")
  record LedgerKeyReplaced(
      String keyId,
      String publicKey,
      String formerKeyId,
      @Nullable String signature,
      @Nullable String statement)
      implements ComplianceEvent {}

  /**
   * The ledger gave an event its index; addressed to the source of that event. It is not recorded
   * in the ledger itself.
   */
  @EventType("receipt.issued")
  record ReceiptIssued(
      String source, UUID eventId, String eventType, String subject, long ledgerIndex)
      implements ComplianceEvent {}

  /**
   * A request for approval was approved or rejected, or it expired.
   *
   * @param requestEventId the event that requested it: a label or alias move, a waiver, criteria, a
   *     release
   * @param requestId the id inside that event: labelMoveId, aliasMoveId, waiverId, proposalId or
   *     releaseId
   * @param decidedBy the subject who decided; {@code system} when policies decided or nobody
   *     decided in time
   * @param policies the policies in force that approved in place of a person; absent otherwise
   * @param approvedByAuthors the authors of different parts who approved, because nobody else was
   *     left and a policy allows it; absent otherwise
   * @param roles the roles that the person had when deciding; absent where no person did and in
   *     events from before this field existed
   */
  @EventType("approval.decided")
  record ApprovalDecided(
      UUID approvalId,
      UUID requestEventId,
      String requestType,
      UUID requestId,
      Digest subjectDigest,
      Decision decision,
      String decidedBy,
      @Nullable String reason,
      @Nullable List<DecidingPolicy> policies,
      @Nullable List<String> approvedByAuthors,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> roles)
      implements ComplianceEvent {

    /**
     * Returns whether this decides a request of that kind. Without the kind, an approval of one
     * thing could be used for another one with its id and digest.
     */
    public boolean decides(Class<? extends Event> request) {
      return requestType.equals(EventTypes.nameOf(request));
    }
  }

  /**
   * An author approved a request that nobody but authors is left to decide. It stays open until an
   * author of other parts approves it too.
   */
  @EventType("approval.author-approved")
  record AuthorApproved(
      UUID approvalId,
      UUID requestEventId,
      String requestType,
      UUID requestId,
      Digest subjectDigest,
      String approvedBy,
      @Nullable String reason)
      implements ComplianceEvent {}

  /** A policy version that decided a request. */
  record DecidingPolicy(String policy, int version, Digest policyDigest) {}

  @EventType("risk.changed")
  record RiskChanged(
      String risk, @Nullable String application, int likelihood, int impact, List<String> evidence)
      implements ComplianceEvent {}

  /**
   * Audit entries were exported from the platform.
   *
   * @param filter the search parameters of the export, by name
   * @param throughIndex the highest ledger index that the export can contain
   */
  @EventType("audit.exported")
  record AuditExported(UUID exportId, Map<String, String> filter, long throughIndex)
      implements ComplianceEvent {}

  /**
   * An administrator changed something at the identity provider: an account, a role, a group, a
   * credential, a client or a setting. What they sent is not part of it.
   *
   * @param adminEventId the id of the event at the identity provider
   * @param operation what was done: {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code
   *     ACTION}
   * @param resourceType what was changed, such as {@code REALM_ROLE_MAPPING}
   * @param resource the path of what was changed, such as {@code users/…/role-mappings/realm}
   * @param changedBy the id of the administrator's account
   * @param changedByRealm the realm of the administrator's account; absent if it is the one that
   *     was changed
   * @param client the id of the client that the administrator used
   * @param names the names of the roles, groups or clients that were given, taken or changed, as
   *     far as the identity provider stores them
   * @param representationDigest SHA-256 of the JSON that the administrator sent, without white
   *     space and without members that may hold a secret; absent if the identity provider stores
   *     none or it is not JSON
   * @param error why the identity provider refused the change; absent if it did not
   */
  @EventType("identity.changed")
  record IdentityChanged(
      String adminEventId,
      Instant changedAt,
      String operation,
      String resourceType,
      String resource,
      @Nullable String changedBy,
      @Nullable String changedByRealm,
      @Nullable String client,
      List<String> names,
      @Nullable Digest representationDigest,
      @Nullable String error)
      implements ComplianceEvent {}

  /**
   * The recording of changes at the identity provider began or ended, or some changes may be
   * missing.
   *
   * @param reason why they are not recorded, or what may be missing; absent if nothing is
   */
  @EventType("identity.recording-changed")
  record IdentityRecordingChanged(IdentityRecording state, @Nullable String reason)
      implements ComplianceEvent {}

  /**
   * A workspace was created. The event belongs to that workspace, also where an administrator of
   * another one created it.
   *
   * @param operator whether administrators of this workspace administer the other workspaces too;
   *     true for the first workspace of an installation alone
   */
  @EventType("workspace.created")
  record WorkspaceCreated(UUID workspaceId, boolean operator, WorkspaceConfiguration configuration)
      implements ComplianceEvent {}

  /** The configuration of a workspace was replaced by this one. */
  @EventType("workspace.changed")
  record WorkspaceChanged(UUID workspaceId, WorkspaceConfiguration configuration)
      implements ComplianceEvent {}

  /** A workspace was archived: its rows stay readable, and nothing in it changes any more. */
  @EventType("workspace.archived")
  record WorkspaceArchived(UUID workspaceId, String reason) implements ComplianceEvent {}

  /**
   * The configuration of a workspace, which its administrators decide.
   *
   * @param name kebab-case, unique in the installation
   * @param regions ISO 3166 codes of the countries whose people the data are about
   * @param currency the ISO 4217 code of the currency of the workspace's costs
   * @param roleRates what an hour of work in a role costs, for roles that have a rate
   * @param quotas the limits that differ from those of the installation
   * @param retentionDays the days for which contents are kept, unless a policy of the workspace
   *     says otherwise; absent if the installation decides
   */
  record WorkspaceConfiguration(
      String name,
      List<String> regions,
      String currency,
      List<RoleRate> roleRates,
      List<WorkspaceQuota> quotas,
      @Nullable Integer retentionDays) {

    public WorkspaceConfiguration {
      regions = List.copyOf(regions);
      roleRates = List.copyOf(roleRates);
      quotas = List.copyOf(quotas);
    }
  }

  /**
   * The cost of an hour of work in a role.
   *
   * @param role the name of the role in the realm, such as {@code ml-engineer}
   */
  record RoleRate(String role, Money perHour) {}

  /**
   * The largest number of things of one kind in a workspace.
   *
   * @param kind what is counted, such as {@code prompts}
   */
  record WorkspaceQuota(String kind, long limit) {}
}
