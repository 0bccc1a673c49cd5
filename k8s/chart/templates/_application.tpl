{{/* Deployment, Service, disruption budget and autoscaler of an application: root, name. */}}
{{- define "plumbline.application" -}}
{{- $root := .root -}}
{{- $name := .name -}}
{{- $values := $root.Values -}}
{{- $app := get $values.applications $name -}}
{{- $port := int (include "plumbline.port" $name) -}}
{{- $management := add $port 1000 -}}
{{- $isService := has $name (splitList " " (include "plumbline.services" $root)) -}}
{{- $database := $name | replace "-" "_" -}}
{{- $writes := has $name (list "dataset-registry" "training" "inference") -}}
{{- $reads := has $name (splitList " " (include "plumbline.contentReaders" $root)) -}}
{{- $bucket := and $reads $values.blobs.s3.bucket -}}
{{- $bucketCredentials := and $bucket $values.blobs.s3.credentials.secret -}}
{{- $keepsHead := eq $name "compliance" -}}
{{- $encrypted := ne $values.postgresql.sslMode "disable" -}}
{{- $databaseCa := and $isService $encrypted (include "plumbline.hasFile" $values.postgresql.ca) -}}
{{- $kafkaCa := and $isService (include "plumbline.hasFile" $values.kafka.ca) -}}
{{- $providerCa := and (eq $name "inference") $values.providers.ca.configMap -}}
{{- $url := include "plumbline.jdbcUrl" (dict "root" $root "database" $database) -}}
{{- $context := dict "root" $root "name" $name -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels:
    app.kubernetes.io/name: {{ $name }}
    {{- include "plumbline.labels" $root | nindent 4 }}
spec:
  {{- if not $app.autoscaling }}
  replicas: {{ $app.replicas }}
  {{- end }}
  {{- if and $keepsHead (ne $values.ledger.headAccessMode "ReadWriteMany") }}
  # The volume of the head is mounted by one node at a time, so the old pod has to leave first.
  strategy:
    type: Recreate
  {{- else }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      {{- if or $values.updates.surge (lt (int $app.replicas) 2) }}
      maxSurge: 1
      maxUnavailable: 0
      {{- else }}
      maxSurge: 0
      maxUnavailable: 1
      {{- end }}
  {{- end }}
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ $name }}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {{ $name }}
        {{- include "plumbline.labels" $root | nindent 8 }}
        {{- with $values.pods.labels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/path: /actuator/prometheus
        prometheus.io/port: {{ $management | quote }}
        {{- with $values.pods.annotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      terminationGracePeriodSeconds: {{ add $values.shutdown.notice $values.shutdown.requests 30 }}
      {{- include "plumbline.podSpec" (dict "root" $root "account" 0 "priority" (include "plumbline.priority" $context)) | nindent 6 }}
      {{- if gt (int (include "plumbline.maxReplicas" $app)) 1 }}
      topologySpreadConstraints:
        {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
        - maxSkew: 1
          topologyKey: {{ . }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: {{ $name }}
        {{- end }}
      {{- end }}
      {{- if $isService }}
      # Alone knows the password of the schema's owner; the service runs as a role that owns nothing.
      initContainers:
        - name: migrate
          image: {{ include "plumbline.image" $context }}
          imagePullPolicy: {{ $values.images.pullPolicy }}
          args:
            - migrate
          env:
            - name: JAVA_TOOL_OPTIONS
              value: -Xmx128m -XX:+UseSerialGC
            - name: SPRING_DATASOURCE_URL
              value: {{ $url }}
            - name: SPRING_DATASOURCE_USERNAME
              value: {{ $database }}_app
            - name: PLUMBLINE_MIGRATION_USERNAME
              value: {{ $database }}_owner
            - name: PLUMBLINE_MIGRATION_PASSWORD
              valueFrom:
                {{- include "plumbline.secretKey" (merge (dict "secret" "migrationPassword") $context) | nindent 16 }}
          resources:
            requests:
              cpu: 100m
              memory: 256Mi
            limits:
              memory: 256Mi
          securityContext:
            {{- include "plumbline.containerSecurity" $root | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- if $databaseCa }}
            - name: postgresql-ca
              mountPath: /etc/plumbline/postgresql
              readOnly: true
            {{- end }}
      {{- end }}
      containers:
        - name: {{ $name }}
          image: {{ include "plumbline.image" $context }}
          imagePullPolicy: {{ $values.images.pullPolicy }}
          ports:
            - name: http
              containerPort: {{ $port }}
            - name: management
              containerPort: {{ $management }}
          envFrom:
            - configMapRef:
                name: plumbline
            {{- if $isService }}
            - configMapRef:
                name: {{ $values.eventKeysConfigMap }}
            {{- end }}
          env:
            {{- if and $keepsHead (ne $values.ledger.headAccessMode "ReadWriteMany") }}
            # No other replica could take its callers.
            - name: PLUMBLINE_SHUTDOWN_NOTICE
              value: 0s
            {{- end }}
            - name: SERVER_PORT
              value: {{ $port | quote }}
            - name: SERVER_ADDRESS
              value: 0.0.0.0
            - name: MANAGEMENT_SERVER_PORT
              value: {{ $management | quote }}
            - name: MANAGEMENT_SERVER_ADDRESS
              value: 0.0.0.0
            - name: JAVA_TOOL_OPTIONS
              value: {{ include "plumbline.javaOptions" (dict "root" $root "heap" $app.heap) }}
            {{- include "plumbline.ownVariables" $context | trim | nindent 12 }}
            {{- if $bucket }}
            {{- include "plumbline.bucketVariables" $root | trim | nindent 12 }}
            {{- end }}
            {{- if $isService }}
            - name: SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE
              value: {{ $app.pool | quote }}
            - name: SPRING_DATASOURCE_URL
              value: {{ $url }}
            - name: SPRING_DATASOURCE_USERNAME
              value: {{ $database }}_app
            - name: PLUMBLINE_DATABASE_PASSWORD_FILE
              value: /etc/plumbline/database/password
            - name: KAFKA_PASSWORD
              valueFrom:
                {{- include "plumbline.secretKey" (merge (dict "secret" "kafkaPassword") $context) | nindent 16 }}
            - name: SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG
              value: org.apache.kafka.common.security.scram.ScramLoginModule required username="{{ $name }}" password="$(KAFKA_PASSWORD)";
            - name: PLUMBLINE_EVENTS_SIGNING_KEY
              valueFrom:
                {{- include "plumbline.secretKey" (merge (dict "secret" "eventSigningKey") $context) | nindent 16 }}
            {{- end }}
            - name: PLUMBLINE_SECURITY_CLIENT_SECRET
              valueFrom:
                {{- include "plumbline.secretKey" (merge (dict "secret" "clientSecret") $context) | nindent 16 }}
            {{- with get $values.extraEnv $name }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- /* A service waits for its database and for migrations before it answers at all, the gateway for Redis. */}}
          {{- include "plumbline.probes" (dict "startupChecks" 1800) | nindent 10 }}
          resources:
            requests:
              cpu: {{ $app.cpu }}
              memory: {{ $app.memory }}Mi
            limits:
              memory: {{ $app.memory }}Mi
          securityContext:
            {{- include "plumbline.containerSecurity" $root | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- if $kafkaCa }}
            - name: kafka-ca
              mountPath: /etc/plumbline/kafka
              readOnly: true
            {{- end }}
            {{- if $isService }}
            - name: database-password
              mountPath: /etc/plumbline/database
              readOnly: true
            {{- end }}
            {{- if $databaseCa }}
            - name: postgresql-ca
              mountPath: /etc/plumbline/postgresql
              readOnly: true
            {{- end }}
            {{- if $values.trustStore.configMap }}
            - name: trust-store
              mountPath: /etc/plumbline/trust
              readOnly: true
            {{- end }}
            {{- if $values.tls.enabled }}
            {{- include "plumbline.tlsMount" $root | nindent 12 }}
            {{- end }}
            {{- if $providerCa }}
            - name: provider-ca
              mountPath: /etc/plumbline/providers
              readOnly: true
            {{- end }}
            {{- if $bucket }}
            - name: blobs
              mountPath: /var/lib/plumbline/own
            {{- else if $reads }}
            - name: blobs
              mountPath: /var/lib/plumbline/blobs
              readOnly: true
            {{- if $writes }}
            - name: blobs
              mountPath: /var/lib/plumbline/own
              subPath: {{ $name }}
            {{- end }}
            {{- end }}
            {{- if $bucketCredentials }}
            - name: bucket-credentials
              mountPath: /etc/plumbline/bucket
              readOnly: true
            {{- end }}
            {{- if eq $name "inference" }}
            - name: traces
              mountPath: /var/lib/plumbline/traces
            {{- end }}
            {{- if $keepsHead }}
            - name: ledger-head
              mountPath: /var/lib/plumbline/ledger
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: {{ $app.scratch }}
        {{- if $kafkaCa }}
        - name: kafka-ca
          {{- include "plumbline.fileVolume" (dict "file" $values.kafka.ca "as" "ca.crt") | nindent 10 }}
        {{- end }}
        {{- if $isService }}
        # A file, so that the password is exchanged while the service runs.
        - name: database-password
          secret:
            secretName: {{ $values.secrets.databasePassword.name | replace "{application}" $name }}
            defaultMode: 0440
            items:
              - key: {{ $values.secrets.databasePassword.key }}
                path: password
        {{- end }}
        {{- if $databaseCa }}
        - name: postgresql-ca
          {{- include "plumbline.fileVolume" (dict "file" $values.postgresql.ca "as" "ca.crt") | nindent 10 }}
        {{- end }}
        {{- if $values.trustStore.configMap }}
        - name: trust-store
          {{- include "plumbline.fileVolume" (dict "file" $values.trustStore "as" "truststore.jks") | nindent 10 }}
        {{- end }}
        {{- if $values.tls.enabled }}
        {{- include "plumbline.tlsVolume" $context | nindent 8 }}
        {{- end }}
        {{- if $providerCa }}
        - name: provider-ca
          {{- include "plumbline.fileVolume" (dict "file" $values.providers.ca "as" "ca.crt") | nindent 10 }}
        {{- end }}
        {{- if $bucket }}
        # Copies of contents, and contents on their way to the bucket.
        - name: blobs
          emptyDir:
            sizeLimit: {{ $values.blobs.s3.scratch }}
        {{- else if $reads }}
        - name: blobs
          persistentVolumeClaim:
            claimName: plumbline-blobs
        {{- end }}
        {{- if $bucketCredentials }}
        - name: bucket-credentials
          secret:
            secretName: {{ $values.blobs.s3.credentials.secret | replace "{application}" $name }}
            items:
              - key: {{ $values.blobs.s3.credentials.key }}
                path: credentials
        {{- end }}
        {{- if eq $name "inference" }}
        # Outlives the pod: another replica ships what one leaves behind.
        - name: traces
          persistentVolumeClaim:
            claimName: plumbline-traces
        {{- end }}
        {{- if $keepsHead }}
        # The largest signed head, outside the database.
        - name: ledger-head
          persistentVolumeClaim:
            claimName: plumbline-ledger-head
        {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels:
    app.kubernetes.io/name: {{ $name }}
    {{- include "plumbline.labels" $root | nindent 4 }}
spec:
  selector:
    app.kubernetes.io/name: {{ $name }}
  ports:
    - name: http
      port: {{ $port }}
      targetPort: http
{{- if gt (int $app.replicas) 1 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  labels:
    app.kubernetes.io/name: {{ $name }}
    {{- include "plumbline.labels" $root | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ $name }}
{{- end }}
{{- with $app.autoscaling }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  labels:
    app.kubernetes.io/name: {{ $name }}
    {{- include "plumbline.labels" $root | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ $name }}
  minReplicas: {{ $app.replicas }}
  maxReplicas: {{ .maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ .cpu }}
{{- end }}
{{- end }}

{{- define "plumbline.javaOptions" -}}
-Xmx{{ .heap }}m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError
{{- if .root.Values.trustStore.configMap }} -Djavax.net.ssl.trustStore=/etc/plumbline/trust/truststore.jks -Djavax.net.ssl.trustStoreType=JKS
{{- end -}}
{{- end }}
