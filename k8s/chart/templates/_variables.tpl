{{/* The variables that no other application gets: root, name. */}}
{{- define "plumbline.ownVariables" -}}
{{- $root := .root -}}
{{- $name := .name -}}
{{- $values := $root.Values -}}
{{- if eq $name "dataset-registry" }}
- name: PLUMBLINE_UPLOADS_PER_PROCESS
  value: {{ (get $values.applications $name).children | quote }}
{{- else if eq $name "training" }}
- name: PLUMBLINE_TRAINING_DIRECTORY
  value: /tmp/training
- name: PLUMBLINE_TRAINING_HEAP
  value: {{ (get $values.applications $name).childHeap }}m
{{- else if eq $name "inference" }}
- name: PLUMBLINE_INDEXES_DIRECTORY
  value: /tmp/indexes
- name: PLUMBLINE_TRACES_DIRECTORY
  value: /var/lib/plumbline/traces
{{- with $values.providers.allowedHosts }}
- name: PLUMBLINE_PROVIDERS_ALLOWED_HOSTS
  value: {{ join "," . }}
{{- end }}
{{- with $values.providers.allowedNetworks }}
- name: PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS
  value: {{ join "," . }}
{{- end }}
{{- if $values.providers.ca.configMap }}
- name: PLUMBLINE_PROVIDERS_TRUSTED_CERTIFICATES
  value: /etc/plumbline/providers/ca.crt
{{- end }}
{{- with $values.providers.proxy }}
{{- if .url }}
- name: PLUMBLINE_PROVIDERS_PROXY_URL
  value: {{ .url }}
{{- with .noProxy }}
- name: PLUMBLINE_PROVIDERS_PROXY_NO_PROXY
  value: {{ join "," . | quote }}
{{- end }}
{{- if .secret.name }}
- name: PLUMBLINE_PROVIDERS_PROXY_USER
  valueFrom:
    secretKeyRef:
      name: {{ .secret.name }}
      key: {{ .secret.userKey }}
- name: PLUMBLINE_PROVIDERS_PROXY_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .secret.name }}
      key: {{ .secret.passwordKey }}
{{- end }}
{{- end }}
{{- end }}
# Beside the ports that the configuration of inference names, these are called on no private address.
- name: PLUMBLINE_PROVIDERS_PLATFORM_PORTS
  value: "{{ include "plumbline.port" "ledger-signer" }},{{ $values.sessions.port }}"
- name: PLUMBLINE_PROVIDERS_SECRET_KEYS
  valueFrom:
    {{- include "plumbline.secretKey" (merge (dict "secret" "providerKey") .) | nindent 4 }}
- name: PLUMBLINE_RESPONSES_KEYS
  valueFrom:
    {{- include "plumbline.secretKey" (merge (dict "secret" "responseKey") .) | nindent 4 }}
- name: PLUMBLINE_API_KEYS_MAC_KEYS
  valueFrom:
    {{- include "plumbline.secretKey" (merge (dict "secret" "apiKeyKey") .) | nindent 4 }}
{{- else if eq $name "compliance" }}
- name: PLUMBLINE_LEDGER_HEAD_FILE
  value: /var/lib/plumbline/ledger/largest-head.json
- name: PLUMBLINE_LEDGER_SIGNER_URL
  value: {{ include "plumbline.scheme" $root }}://ledger-signer:{{ include "plumbline.port" "ledger-signer" }}
- name: PLUMBLINE_LEDGER_SIGNER_SECRET
  valueFrom:
    {{- include "plumbline.secretKey" (merge (dict "secret" "signerSecret") .) | nindent 4 }}
# The role that verifies: it may connect to the databases of all services, and only read.
- name: PLUMBLINE_EVIDENCE_URL
  value: {{ include "plumbline.jdbcUrl" (dict "root" $root "database" "{database}") | quote }}
- name: PLUMBLINE_EVIDENCE_USERNAME
  value: ledger_auditor
- name: PLUMBLINE_EVIDENCE_PASSWORD
  valueFrom:
    {{- include "plumbline.secretKey" (merge (dict "secret" "auditorPassword") .) | nindent 4 }}
      optional: true
# The client compliance-events of the realm. Without it, the audit says that the changes of administrators
# are not recorded.
- name: PLUMBLINE_IDENTITY_EVENTS_CLIENT_SECRET
  valueFrom:
    {{- include "plumbline.secretKey" (merge (dict "secret" "identityEventsSecret") .) | nindent 4 }}
      optional: true
{{- else if eq $name "gateway" }}
# As browsers see it. Sign-in and every write depend on it.
- name: PLUMBLINE_GATEWAY_EXTERNAL_URL
  value: {{ $values.externalUrl }}
- name: PLUMBLINE_GATEWAY_TRUSTED_PROXIES
  value: {{ include "plumbline.trustedProxies" $root | quote }}
{{- if eq $values.sessions.store "redis" }}
- name: SPRING_PROFILES_ACTIVE
  value: redis
- name: SPRING_DATA_REDIS_HOST
  value: {{ $values.sessions.host }}
- name: SPRING_DATA_REDIS_PORT
  value: {{ $values.sessions.port | quote }}
- name: SPRING_DATA_REDIS_SSL_ENABLED
  value: {{ $values.sessions.tls | quote }}
- name: SPRING_DATA_REDIS_PASSWORD
  valueFrom:
    {{- include "plumbline.secretKey" (merge (dict "secret" "sessionsPassword") .) | nindent 4 }}
{{- end }}
{{- end }}
{{- end }}

{{/* The variables of contents in a bucket. */}}
{{- define "plumbline.bucketVariables" -}}
{{- $bucket := .Values.blobs.s3 }}
- name: PLUMBLINE_BLOBS_S3_BUCKET
  value: {{ $bucket.bucket | quote }}
{{- with $bucket.endpoint }}
- name: PLUMBLINE_BLOBS_S3_ENDPOINT
  value: {{ . }}
{{- end }}
- name: PLUMBLINE_BLOBS_S3_REGION
  value: {{ $bucket.region }}
{{- with $bucket.prefix }}
- name: PLUMBLINE_BLOBS_S3_PREFIX
  value: {{ . | quote }}
{{- end }}
- name: PLUMBLINE_BLOBS_S3_PATH_STYLE
  value: {{ $bucket.pathStyle | quote }}
- name: PLUMBLINE_BLOBS_S3_CACHE
  value: {{ $bucket.cache }}
{{- if $bucket.credentials.secret }}
- name: PLUMBLINE_BLOBS_S3_CREDENTIALS
  value: /etc/plumbline/bucket/credentials
{{- end }}
{{- end }}
