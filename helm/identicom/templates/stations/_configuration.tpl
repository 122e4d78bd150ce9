{{/* A station's configuration as environment variables. Its probe interval is longer than the program's: for two of them a station that
stops serves on, and by then every node and load balancer knows that it goes. */}}
{{- define "identicom.stationConfiguration" -}}
{{- $stations := .Values.stations -}}
{{- $keys := fromYaml (include "identicom.serving" .) }}
{{- $_ := set $keys "units.host" "0.0.0.0" }}
{{- $_ := set $keys "units.port" "7700" }}
{{- $_ := set $keys "receiver.probe-interval" "5s" }}
{{- $_ := set $keys "database.whitelist.url" (.Values.database.whitelistUrl | default .Values.database.url) }}
{{- with $stations.trustedProxies }}
{{- $_ := set $keys "receiver.trusted-proxies" (join "," .) }}
{{- end }}
{{- include "identicom.variables" (mergeOverwrite $keys (deepCopy .Values.settings) (deepCopy $stations.settings)) | trim }}
{{- end }}

{{- define "identicom.stationName" -}}
- name: POD_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- {name: {{ include "identicom.variable" "receiver.station" }}, value: {{ printf "%s$(POD_NAME)" .Values.stations.namePrefix | quote }}}
{{- end }}
