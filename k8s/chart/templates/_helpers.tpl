{{- define "plumbline.labels" -}}
app.kubernetes.io/part-of: plumbline
{{- end }}

{{/* The services that have a database, publish events and consume them. */}}
{{- define "plumbline.services" -}}
compliance dataset-registry evaluation inference model-registry prompt-registry strategy training
{{- end }}

{{/* The services that read or write contents: datasets, models and indexes. */}}
{{- define "plumbline.contentReaders" -}}
dataset-registry evaluation inference model-registry training
{{- end }}

{{- define "plumbline.port" -}}
{{- $ports := dict "strategy" 8101 "prompt-registry" 8102 "dataset-registry" 8103 "training" 8104 "model-registry" 8105
  "evaluation" 8106 "inference" 8107 "compliance" 8108 "gateway" 8080 "ledger-signer" 8110 -}}
{{- get $ports . -}}
{{- end }}

{{- define "plumbline.image" -}}
{{- $images := .root.Values.images -}}
{{- $name := printf "%s/%s" $images.repository .name -}}
{{- if $images.registry }}{{ $name = printf "%s/%s" $images.registry $name }}{{ end -}}
{{- $digest := get $images.digests .name -}}
{{- if $digest }}{{ printf "%s@%s" $name $digest }}{{ else }}{{ printf "%s:%s" $name (default .root.Chart.AppVersion $images.tag) }}{{ end -}}
{{- end }}

{{/* A reference to a key of an existing Secret: root, secret (its name in values), name (the application). */}}
{{- define "plumbline.secretKey" -}}
{{- $secret := get .root.Values.secrets .secret -}}
secretKeyRef:
  name: {{ $secret.name | replace "{application}" .name }}
  key: {{ $secret.key }}
{{- end }}

{{/* The JDBC URL of a database: root, database. */}}
{{- define "plumbline.jdbcUrl" -}}
{{- $server := .root.Values.postgresql -}}
{{- $url := printf "jdbc:postgresql://%s:%d/%s" $server.host (int $server.port) .database -}}
{{- if ne $server.sslMode "disable" -}}
{{- $url = printf "%s?sslmode=%s" $url $server.sslMode -}}
{{- if include "plumbline.hasFile" $server.ca -}}
{{- $url = printf "%s&sslrootcert=/etc/plumbline/postgresql/ca.crt" $url -}}
{{- else -}}
{{- $url = printf "%s&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" $url -}}
{{- end -}}
{{- end -}}
{{- $url -}}
{{- end }}

{{/* Whether a file is named by a ConfigMap or a Secret. */}}
{{- define "plumbline.hasFile" -}}
{{- if or .configMap .secret }}true{{ end -}}
{{- end }}

{{/* A volume with one file: file (configMap or secret, and key), as (the file's name). */}}
{{- define "plumbline.fileVolume" -}}
{{- if .file.secret -}}
secret:
  secretName: {{ .file.secret }}
{{- else -}}
configMap:
  name: {{ .file.configMap }}
{{- end }}
  items:
    - key: {{ .file.key }}
      path: {{ .as }}
{{- end }}

{{/* The scheme of the addresses of the applications. */}}
{{- define "plumbline.scheme" -}}
{{- if .Values.tls.enabled }}https{{ else }}http{{ end -}}
{{- end }}

{{- define "plumbline.tlsSecret" -}}
{{- .root.Values.tls.secret | replace "{application}" .name -}}
{{- end }}

{{/* The mount of an application's certificate. A whole folder, since a file that is mounted by subPath is never renewed. */}}
{{- define "plumbline.tlsMount" -}}
- name: tls
  mountPath: /etc/plumbline/tls
  readOnly: true
{{- end }}

{{/* The volume of an application's certificate: root, name. */}}
{{- define "plumbline.tlsVolume" -}}
- name: tls
  {{- if .root.Values.tls.caConfigMap }}
  projected:
    defaultMode: 0440
    sources:
      - secret:
          name: {{ include "plumbline.tlsSecret" . }}
          items:
            - key: tls.crt
              path: tls.crt
            - key: tls.key
              path: tls.key
      - configMap:
          name: {{ .root.Values.tls.caConfigMap }}
          items:
            - key: ca.crt
              path: ca.crt
  {{- else }}
  secret:
    secretName: {{ include "plumbline.tlsSecret" . }}
    defaultMode: 0440
  {{- end }}
{{- end }}

{{- define "plumbline.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{/* What is the same in the spec of every pod: root, account (added to the user). */}}
{{- define "plumbline.podSpec" -}}
{{- $pods := .root.Values.pods -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .priority }}
priorityClassName: {{ . }}
{{- end }}
{{- with $pods.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $pods.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  {{- if kindIs "invalid" $pods.user }}
  {{- else }}
  {{- $user := add (int $pods.user) .account }}
  runAsUser: {{ $user }}
  runAsGroup: {{ $user }}
  fsGroup: {{ $user }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* Probes of an application: startupChecks, one every two seconds. */}}
{{- define "plumbline.probes" -}}
startupProbe:
  httpGet:
    path: /actuator/health/liveness
    port: management
  periodSeconds: 2
  failureThreshold: {{ .startupChecks }}
livenessProbe:
  httpGet:
    path: /actuator/health/liveness
    port: management
  periodSeconds: 10
  timeoutSeconds: 3
readinessProbe:
  httpGet:
    path: /actuator/health/readiness
    port: management
  periodSeconds: 5
  timeoutSeconds: 3
{{- end }}

{{/* The name of the priority class of an application: root, name. */}}
{{- define "plumbline.priority" -}}
{{- $classes := .root.Values.priorityClasses -}}
{{- if has .name (list "gateway" "inference" "prompt-registry" "compliance" "ledger-signer") -}}
{{- if $classes.create }}{{ default "plumbline-serving" $classes.serving }}{{ else }}{{ $classes.serving }}{{ end -}}
{{- else -}}
{{- if $classes.create }}{{ default "plumbline-work" $classes.work }}{{ else }}{{ $classes.work }}{{ end -}}
{{- end -}}
{{- end }}

{{/* The replicas that an application may have at most. */}}
{{- define "plumbline.maxReplicas" -}}
{{- if .autoscaling }}{{ .autoscaling.maxReplicas }}{{ else }}{{ .replicas }}{{ end -}}
{{- end }}

{{- define "plumbline.trustedProxies" -}}
{{- $configured := int .Values.entry.trustedProxies -}}
{{- if ge $configured 0 }}{{ $configured }}{{ else if or .Values.httpRoute.enabled .Values.ingress.enabled }}1{{ else }}0{{ end -}}
{{- end }}
