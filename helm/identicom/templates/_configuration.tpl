{{/* Environment variables of configuration keys: a.b-c is IDENTICOM_A_B_C */}}
{{- define "identicom.variable" -}}
IDENTICOM_{{ . | upper | replace "." "_" | replace "-" "_" }}
{{- end }}

{{- define "identicom.variables" -}}
{{- range $key, $value := . }}
{{ include "identicom.variable" $key }}: {{ ternary (int64 $value) $value (kindIs "float64" $value) | toString | quote }}
{{- end }}
{{- end }}

{{/* Client properties of both clusters as configuration keys */}}
{{- define "identicom.kafka" -}}
{{- $values := .Values.kafka -}}
{{- range $cluster := list "main" "priority" }}
{{- $given := index $values $cluster }}
{{- $properties := dict "bootstrap.servers" $given.bootstrapServers }}
{{- if $given.caSecret }}
{{- $_ := set $properties "ssl.truststore.type" "PEM" }}
{{- $_ := set $properties "ssl.truststore.location" (printf "/etc/identicom/kafka-%s/ca.crt" $cluster) }}
{{- end }}
{{- if $values.clientCertificates.issuer }}
{{- $_ := set $properties "ssl.keystore.type" "PEM" }}
{{- $_ := set $properties "ssl.keystore.location" "/etc/identicom/kafka-client/tls-combined.pem" }}
{{- end }}
{{- if or $given.caSecret $values.clientCertificates.issuer }}
{{- $_ := set $properties "security.protocol" "SSL" }}
{{- end }}
{{- range $name, $value := mergeOverwrite $properties (deepCopy $given.properties) }}
kafka.{{ $cluster }}.{{ $name }}: {{ toJson $value }}
{{- end }}
{{- end }}
{{- end }}

{{/* What every serving process is configured with */}}
{{- define "identicom.serving" -}}
data: /var/lib/identicom
http.host: 0.0.0.0
http.port: "8080"
log.format: json
{{- include "identicom.kafka" . }}
{{- end }}

{{/* Names of the Secret's keys that hold Kafka's secret properties, as JSON */}}
{{- define "identicom.kafkaSecrets" -}}
{{- $names := list -}}
{{- range $cluster := list "main" "priority" -}}
{{- range $name := (index $.Values.kafka $cluster).secretProperties -}}
{{- $names = append $names (printf "kafka.%s.%s" $cluster $name) -}}
{{- end -}}
{{- end -}}
{{- toJson $names -}}
{{- end }}

{{/* Keys of the Secret that a process must find there, as JSON: (list $ "alert-service") */}}
{{- define "identicom.requiredSecrets" -}}
{{- $root := index . 0 -}}
{{- $process := get (fromYaml (include "identicom.processes" $root)) (index . 1) -}}
{{- $own := list (printf "database.%s.password" $process.database) -}}
{{- toJson (concat $own ($process.required | default list) (fromJsonArray (include "identicom.kafkaSecrets" $root))) -}}
{{- end }}

{{/* The passwords that `migrate` gives to the roles, and its own, as JSON */}}
{{- define "identicom.migrateSecrets" -}}
{{- $names := list "database.admin.password" -}}
{{- range $name, $process := fromYaml (include "identicom.processes" .) -}}
{{- $names = append $names (printf "database.%s.password" $process.database) -}}
{{- end -}}
{{- toJson (concat $names (fromJsonArray (include "identicom.kafkaSecrets" .))) -}}
{{- end }}

{{/* Environment from the Secret: (dict "secret" NAME "required" LIST "optional" LIST) */}}
{{- define "identicom.secretVariables" -}}
{{- range .required }}
- name: {{ include "identicom.variable" . }}
  valueFrom:
    secretKeyRef: {name: {{ $.secret }}, key: {{ . }}}
{{- end }}
{{- range .optional }}
- name: {{ include "identicom.variable" . }}
  valueFrom:
    secretKeyRef: {name: {{ $.secret }}, key: {{ . }}, optional: true}
{{- end }}
{{- end }}
