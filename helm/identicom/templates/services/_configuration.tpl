{{/* A service's configuration as environment variables: (list $ "alert-service") */}}
{{- define "identicom.serviceConfiguration" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $process := get (fromYaml (include "identicom.processes" $root)) $name -}}
{{- $keys := fromYaml (include "identicom.serving" $root) }}
{{- $_ := set $keys (printf "database.%s.url" $process.database) $root.Values.database.url }}
{{- $_ := set $keys "http.secure-cookie" (hasPrefix "https://" $root.Values.publicUrl) }}
{{- with $root.Values.ingress.trustedProxies }}
{{- $_ := set $keys "http.trusted-proxies" (join "," .) }}
{{- end }}
{{- if eq $name "alert-service" }}
{{- $_ := set $keys "public.url" $root.Values.publicUrl }}
{{- end }}
{{- if eq $name "media-service" }}
{{- $_ := set $keys "media.store" "/var/lib/identicom-pictures" }}
{{- end }}
{{- $settings := (index $root.Values.services $process.values).settings }}
{{- include "identicom.variables" (mergeOverwrite $keys (deepCopy $root.Values.settings) (deepCopy $settings)) | trim }}
{{- end }}
