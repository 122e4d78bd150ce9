{{/* Files that brokers and database are known by, and the process's own certificate: (list $ "receiver") */}}
{{- define "identicom.trustVolumes" -}}
{{- $root := index . 0 -}}
{{- range $cluster := list "main" "priority" }}
{{- with (index $root.Values.kafka $cluster).caSecret }}
- name: kafka-{{ $cluster }}
  secret: {secretName: {{ . }}, items: [{key: ca.crt, path: ca.crt}]}
{{- end }}
{{- end }}
{{- if $root.Values.kafka.clientCertificates.issuer }}
- name: kafka-client
  secret: {secretName: {{ include "identicom.name" . }}-kafka, items: [{key: tls-combined.pem, path: tls-combined.pem}]}
{{- end }}
{{- with $root.Values.database.caSecret }}
- name: database
  secret: {secretName: {{ . }}, items: [{key: ca.crt, path: ca.crt}]}
{{- end }}
{{- end }}

{{- define "identicom.trustMounts" -}}
{{- range $cluster := list "main" "priority" }}
{{- if (index $.Values.kafka $cluster).caSecret }}
- {name: kafka-{{ $cluster }}, mountPath: /etc/identicom/kafka-{{ $cluster }}, readOnly: true}
{{- end }}
{{- end }}
{{- if .Values.kafka.clientCertificates.issuer }}
- {name: kafka-client, mountPath: /etc/identicom/kafka-client, readOnly: true}
{{- end }}
{{- if .Values.database.caSecret }}
- {name: database, mountPath: /etc/identicom/database, readOnly: true}
{{- end }}
{{- end }}

{{/* What every pod has: nothing of the cluster's, no root, no file of the image to write to */}}
{{- define "identicom.podDefaults" -}}
automountServiceAccountToken: false
# the variables of service links begin with the release's name: no program's configuration
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "identicom.containerDefaults" -}}
image: "{{ .Values.image.repository }}@{{ .Values.image.digest }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{/*
The pod of a serving process.
(dict "root" $ "name" "receiver" "values" its values "group" its group's values "configuration" its ConfigMap's data
 "ports" "environment" "volumes" "mounts" as YAML "drains" whether the process itself serves on after SIGTERM)
*/}}
{{- define "identicom.pod" -}}
{{- $root := .root -}}
{{- $process := get (fromYaml (include "identicom.processes" $root)) .name -}}
metadata:
  labels:
    app.kubernetes.io/name: identicom
    {{- include "identicom.selector" (list $root .name) | nindent 4 }}
  annotations:
    checksum/configuration: {{ sha256sum .configuration }}
spec:
  serviceAccountName: {{ $root.Release.Name }}
  {{- include "identicom.podDefaults" $root | nindent 2 }}
  terminationGracePeriodSeconds: {{ .group.terminationSeconds }}
  {{- with .group.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .group.nodeSelector }}
  nodeSelector: {{ toJson . }}
  {{- end }}
  {{- with .group.tolerations }}
  tolerations: {{ toJson . }}
  {{- end }}
  topologySpreadConstraints:
    {{- range $key, $when := dict "topology.kubernetes.io/zone" .group.spread.zones "kubernetes.io/hostname" .group.spread.nodes }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: {{ $when }}
      labelSelector:
        matchLabels:
          {{- include "identicom.selector" (list $root $.name) | nindent 10 }}
    {{- end }}
  containers:
    - name: {{ .name }}
      {{- include "identicom.containerDefaults" $root | nindent 6 }}
      args: [{{ .name }}]
      ports:
        - {name: http, containerPort: 8080}
        {{- with .ports }}{{ . | nindent 8 }}{{ end }}
      envFrom:
        - configMapRef: {name: {{ include "identicom.name" (list $root .name) }}}
      env:
        - {name: JAVA_TOOL_OPTIONS, value: {{ quote $root.Values.javaOptions }}}
        {{- include "identicom.secretVariables" (dict
              "secret" (include "identicom.secret" (list $root $process.group))
              "required" (fromJsonArray (include "identicom.requiredSecrets" (list $root .name)))
              "optional" ($process.secrets | default list)) | nindent 8 }}
        {{- with .environment }}{{ . | nindent 8 }}{{ end }}
      {{- if not .drains }}
      # requests still come until every node knows that this pod goes
      lifecycle: {preStop: {sleep: {seconds: 5}}}
      {{- end }}
      # until its topics, its migrations and its keys were read
      startupProbe:
        httpGet: {path: /health/live, port: http}
        periodSeconds: 2
        failureThreshold: 150
      livenessProbe:
        httpGet: {path: /health/live, port: http}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: {path: /health/ready, port: http}
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 2
      resources: {{ toJson .values.resources }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        - {name: data, mountPath: /var/lib/identicom}
        {{- with .mounts }}{{ . | nindent 8 }}{{ end }}
        {{- include "identicom.trustMounts" $root | nindent 8 }}
  volumes:
    - {name: tmp, emptyDir: {sizeLimit: 256Mi}}
    {{- with .volumes }}{{ . | nindent 4 }}{{ end }}
    {{- include "identicom.trustVolumes" (list $root .name) | nindent 4 }}
{{- end }}
