{{/* What is wrong with the values and no schema can say: one line each, all of them at once. Each says what was given and what is expected. */}}
{{- define "identicom.checks" -}}
{{- include "identicom.checkImage" . }}
{{- include "identicom.checkClusters" . }}
{{- include "identicom.checkDatabase" . }}
{{- include "identicom.checkSecrets" . }}
{{- if .Values.stations.enabled }}{{ include "identicom.checkStations" . }}{{ end }}
{{- if .Values.services.enabled }}{{ include "identicom.checkServices" . }}{{ end }}
{{- if .Values.networkPolicies.enabled }}{{ include "identicom.checkNetwork" . }}{{ end }}
{{- end }}

{{- define "identicom.problem" }}
- {{ printf (index . 0) (index . 1 | toString | default "empty") }} (expected: {{ index . 2 }})
{{- end }}

{{- define "identicom.checkImage" -}}
{{- if gt (len .Release.Name) 36 }}
{{- include "identicom.problem" (list "release name: %s" .Release.Name "at most 36 characters, since names of pods begin with it") }}
{{- end }}
{{- if not .Values.image.repository }}
{{- include "identicom.problem" (list "image.repository: %s" "" "where the image of this program is, such as registry.example.org/identicom") }}
{{- end }}
{{- if not (regexMatch "^sha256:[0-9a-f]{64}$" .Values.image.digest) }}
{{- include "identicom.problem" (list "image.digest: %s" .Values.image.digest "sha256: and 64 hexadecimal digits; a tag can come to mean another image") }}
{{- end }}
{{- end }}

{{- define "identicom.checkClusters" -}}
{{- range $cluster := list "main" "priority" }}
{{- $kafka := index $.Values.kafka $cluster }}
{{- if not (regexMatch "^[^:,\\s]+:[0-9]+(,[^:,\\s]+:[0-9]+)*$" $kafka.bootstrapServers) }}
{{- include "identicom.problem" (list (printf "kafka.%s.bootstrapServers: %%s" $cluster) $kafka.bootstrapServers "host:port,host:port,…") }}
{{- end }}
{{- range $name, $value := $kafka.properties }}
{{- if regexMatch "password|secret|jaas|\\.key$" $name }}
{{- include "identicom.problem" (list (printf "kafka.%s.properties: %%s" $cluster) $name (printf "its name in kafka.%s.secretProperties, and its value in the Secret" $cluster)) }}
{{- end }}
{{- end }}
{{- if and $.Values.kafka.topics.strimzi (not (index $.Values.kafka.topics $cluster).cluster) }}
{{- include "identicom.problem" (list (printf "kafka.topics.%s.cluster: %%s" $cluster) "" "the name of the Kafka resource whose topic operator is to keep the topics") }}
{{- end }}
{{- end }}
{{- with .Values.kafka }}
{{- if and .main.bootstrapServers (eq .main.bootstrapServers .priority.bootstrapServers) }}
{{- include "identicom.problem" (list "kafka.priority.bootstrapServers: %s, as main" .priority.bootstrapServers "a cluster of its own: an emergency has two ways") }}
{{- end }}
{{- end }}
{{- end }}

{{- define "identicom.checkDatabase" -}}
{{- $expected := "jdbc:postgresql://HOST:PORT/DATABASE" }}
{{- if not (regexMatch "^jdbc:postgresql://[^/]+/.+" .Values.database.url) }}
{{- include "identicom.problem" (list "database.url: %s" .Values.database.url $expected) }}
{{- end }}
{{- if and .Values.database.whitelistUrl (not (regexMatch "^jdbc:postgresql://[^/]+/.+" .Values.database.whitelistUrl)) }}
{{- include "identicom.problem" (list "database.whitelistUrl: %s" .Values.database.whitelistUrl $expected) }}
{{- end }}
{{- if regexMatch "[?&]password=" (print .Values.database.url .Values.database.whitelistUrl) }}
{{- include "identicom.problem" (list "database.url: %s" "has a password in it" "the roles' passwords, in the Secrets") }}
{{- end }}
{{- end }}

{{/* A Secret that is there already is not looked into; the pods say what they miss in it */}}
{{- define "identicom.checkSecrets" -}}
{{- $values := .Values.secrets.values }}
{{- $required := list }}
{{- range $name, $process := fromYaml (include "identicom.processes" .) }}
{{- if and (index $.Values $process.group).enabled (not (index $.Values.secrets.existing $process.group)) }}
{{- $required = concat $required (fromJsonArray (include "identicom.requiredSecrets" (list $ $name))) }}
{{- end }}
{{- end }}
{{- if and .Values.migrate.enabled (not .Values.secrets.existing.migrate) }}
{{- $required = concat $required (fromJsonArray (include "identicom.migrateSecrets" .)) }}
{{- end }}
{{- range $required | uniq }}
{{- if not (get $values .) }}
{{- include "identicom.problem" (list "secrets.values: no %s" . "a value for it, or the names of Secrets that hold it in secrets.existing") }}
{{- end }}
{{- end }}
{{- end }}

{{- define "identicom.checkStations" -}}
{{- with .Values.stations }}
{{- $least := ternary .autoscaling.min .replicas .autoscaling.enabled | int }}
{{- if and .autoscaling.enabled (gt (int .autoscaling.min) (int .autoscaling.max)) }}
{{- include "identicom.problem" (list (printf "stations.autoscaling.max: %%s, and min %v" .autoscaling.min) .autoscaling.max "min or more") }}
{{- end }}
{{- if ge (int .maxUnavailable) $least }}
{{- include "identicom.problem" (list (printf "stations.maxUnavailable: %%s of %d" $least) .maxUnavailable "fewer than there are stations: somebody has to take the calls") }}
{{- end }}
{{- $most := index .settings "receiver.max-connections" | default 50000 | int64 }}
{{- if and .autoscaling.enabled (gt (mul 5 (int64 .autoscaling.connections)) (mul 4 $most)) }}
{{- include "identicom.problem" (list "stations.autoscaling.connections: %s" .autoscaling.connections (printf "at most four fifths of receiver.max-connections, %d" $most)) }}
{{- end }}
{{- $probe := include "identicom.milliseconds" (index .settings "receiver.probe-interval" | default "5s") | int64 }}
{{- $drain := include "identicom.milliseconds" (index .settings "receiver.drain-limit" | default "10s") | int64 }}
{{- $flush := include "identicom.milliseconds" (index .settings "receiver.publish.flush" | default "3s") | int64 }}
{{- $needed := div (add (mul 2 $probe) $drain (mul 2 $flush) 10000) 1000 }}
{{- if lt (int64 .terminationSeconds) $needed }}
{{- include "identicom.problem" (list "stations.terminationSeconds: %s" .terminationSeconds (printf "at least %d: two probe intervals, the drain, the flush twice, and 10 s" $needed)) }}
{{- end }}
{{- include "identicom.checkNetworks" (list "stations.trustedProxies" .trustedProxies) }}
{{- include "identicom.checkNetworks" (list "stations.service.sourceRanges" .service.sourceRanges) }}
{{- end }}
{{- end }}

{{- define "identicom.checkNetworks" -}}
{{- range index . 1 }}
{{- if not (regexMatch "^[0-9a-fA-F.:]+/[0-9]{1,3}$" .) }}
{{- include "identicom.problem" (list (printf "%s: %%s" (index $ 0)) . "networks such as 10.1.0.0/16") }}
{{- end }}
{{- end }}
{{- end }}

{{- define "identicom.checkServices" -}}
{{- if not (regexMatch "^https?://[a-z0-9.-]+(:[0-9]+)?$" .Values.publicUrl) }}
{{- include "identicom.problem" (list "publicUrl: %s" .Values.publicUrl "the page's address without a path, such as https://alarms.example.org") }}
{{- end }}
{{- if .Values.ingress.enabled }}
{{- with .Values.ingress }}
{{- if not .trustedProxies }}
{{- include "identicom.problem" (list "ingress.trustedProxies: %s" "" "the network of the ingress controller's pods, such as 10.244.0.0/16; without it everybody has one address, and one who guesses passwords locks out all") }}
{{- end }}
{{- include "identicom.checkNetworks" (list "ingress.trustedProxies" .trustedProxies) }}
{{- if and (hasPrefix "https://" $.Values.publicUrl) (not .tls.secret) (not .tls.issuer) }}
{{- include "identicom.problem" (list "ingress.tls: %s" "" "secret, where the page's certificate is, or issuer, which makes one; publicUrl is https") }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.services.media }}
{{- if and (gt (int .replicas) 1) (not .store.existingClaim) (ne .store.accessMode "ReadWriteMany") }}
{{- include "identicom.problem" (list (printf "services.media.store.accessMode: %%s with %v replicas" .replicas) .store.accessMode "ReadWriteMany, or one replica: all instances share the folder") }}
{{- end }}
{{- $stations := index $.Values.stations.settings "receiver.pictures.max-bytes" | default 1048576 | int64 }}
{{- $media := index .settings "media.max-picture-bytes" | default 16777216 | int64 }}
{{- if lt $media $stations }}
{{- include "identicom.problem" (list "services.media.settings: media.max-picture-bytes %s" $media (printf "not below the stations' receiver.pictures.max-bytes, %d" $stations)) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "identicom.checkNetwork" -}}
{{- with .Values.networkPolicies }}
{{- if not .kafka }}
{{- include "identicom.problem" (list "networkPolicies.kafka: %s" "" "where the brokers of both clusters are; nothing else can be reached, or networkPolicies.enabled: false") }}
{{- end }}
{{- if and (not .database) (or $.Values.services.enabled $.Values.migrate.enabled (not .whitelistDatabase)) }}
{{- include "identicom.problem" (list "networkPolicies.database: %s" "" "where the database is") }}
{{- end }}
{{- if and $.Values.services.enabled $.Values.ingress.enabled (not .ingressController) }}
{{- include "identicom.problem" (list "networkPolicies.ingressController: %s" "" "where the ingress controller's pods are: they bring people to the page") }}
{{- end }}
{{- if and $.Values.monitoring.enabled (not .monitoring) }}
{{- include "identicom.problem" (list "networkPolicies.monitoring: %s" "" "where Prometheus is: it scrapes /metrics") }}
{{- end }}
{{- $settings := $.Values.services.alert.settings }}
{{- range list "mail.host" "sms.1.host" "sms.2.host" }}
{{- if and $.Values.services.enabled (index $settings .) (not $.Values.networkPolicies.people) }}
{{- include "identicom.problem" (list (printf "networkPolicies.people: %%s, and %s is %v" . (index $settings .)) "" "an egress rule by which alert-service reaches it") }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
