{{/* A name of this release's: (list $ "alert-service") */}}
{{- define "identicom.name" -}}
{{ (index . 0).Release.Name }}-{{ index . 1 }}
{{- end }}

{{/* What tells one part's pods from all others: (list $ "alert-service") */}}
{{- define "identicom.selector" -}}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "identicom.labels" -}}
app.kubernetes.io/name: identicom
{{ include "identicom.selector" . }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: identicom-{{ (index . 0).Chart.Version }}
{{- end }}

{{/*
What runs, by the command's name. `values` is where it stands in the values, `group` whose Secret and zone it shares, `database` what
its database's keys are called, `secrets` the keys of the Secret that it may be given.
*/}}
{{- define "identicom.processes" -}}
receiver: {group: stations, database: whitelist}
alert-service:
  group: services
  values: alert
  database: alerts
  secrets: [mail.password, webhook.secret, sms.1.password, sms.2.password, canary.watchdog-url]
fleet-service: {group: services, values: fleet, database: fleet, required: [admin.password]}
log-service: {group: services, values: log, database: event-log}
media-service: {group: services, values: media, database: media}
{{- end }}

{{/* The processes behind the brokers */}}
{{- define "identicom.services" -}}
{{- range $name, $process := fromYaml (include "identicom.processes" .) }}
{{- if eq $process.group "services" }}
{{ $name }}: {{ toJson $process }}
{{- end }}
{{- end }}
{{- end }}

{{/* The Secret of a group: (list $ "stations") */}}
{{- define "identicom.secret" -}}
{{- $root := index . 0 -}}
{{- index $root.Values.secrets.existing (index . 1) | default (include "identicom.name" .) -}}
{{- end }}

{{/* A time span such as 500ms or 15m in milliseconds */}}
{{- define "identicom.milliseconds" -}}
{{- $number := regexFind "^[0-9]+" . | int64 -}}
{{- mul $number (get (dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 "d" 86400000) (regexFind "[a-z]+$" .) | default 0) -}}
{{- end }}
