{{- define "atlas.name" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- /* Labels of a part: (list . "silo") */}}
{{- define "atlas.selector" -}}
app.kubernetes.io/name: orleans-atlas
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "atlas.labels" -}}
{{ include "atlas.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
{{- end }}

{{- define "atlas.image" -}}
{{- $images := (index . 0).Values.images -}}
{{ with $images.registry }}{{ . }}/{{ end }}orleans-atlas-{{ index . 1 }}:{{ $images.tag }}
{{- end }}

{{- define "atlas.redis" -}}
{{ .Values.redis.address | default (printf "%s-redis:6379" (include "atlas.name" .)) }}
{{- end }}

{{- define "atlas.store" -}}
{{- if .Values.azurite.enabled -}}
http://devstoreaccount1.{{ .Release.Namespace }}.svc/atlas
{{- else -}}
{{ required "store.address is needed: the address of a container, or a folder below volume.mountPath" .Values.store.address }}
{{- end -}}
{{- end }}

{{- define "atlas.store.secret" -}}
{{ ternary (printf "%s-azurite" (include "atlas.name" .)) .Values.store.existingSecret .Values.azurite.enabled }}
{{- end }}

{{- /* What every pod of our own programs has in common: (list . "silo") */}}
{{- define "atlas.pod" -}}
{{- $top := index . 0 -}}
serviceAccountName: {{ include "atlas.name" $top }}
automountServiceAccountToken: false
# Else the cluster itself sets variables that begin with ATLAS_.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with $top.Values.images.pullSecrets }}
imagePullSecrets: {{- range . }}
- name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "atlas.container" -}}
imagePullPolicy: {{ .Values.images.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{- define "atlas.place" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "atlas.pod.labels" -}}
{{ include "atlas.labels" . }}
{{- if (index . 0).Values.store.clientId }}
azure.workload.identity/use: "true"
{{- end }}
{{- end }}

{{- /* The processors that a program counts on: those it asked for, not all of the node. */}}
{{- define "atlas.env" -}}
{{- $top := index . 0 -}}
- name: DOTNET_PROCESSOR_COUNT
  valueFrom: { resourceFieldRef: { containerName: {{ index . 1 }}, resource: requests.cpu } }
{{- with include "atlas.store.secret" $top }}
- name: AZURE_STORAGE_CONNECTION_STRING
  valueFrom: { secretKeyRef: { name: {{ . }}, key: connection-string } }
{{- end }}
{{- end }}

{{- /* Folders: (list . "client"|"silo"|"web"|"split"). What the cluster asks for is mounted where the cluster is asked. */}}
{{- define "atlas.mounts" -}}
{{- $v := (index . 0).Values -}}
- { name: tmp, mountPath: /tmp }
- { name: cache, mountPath: /cache }
{{- if $v.models.existingClaim }}
- { name: models, mountPath: /cache/models, readOnly: true }
{{- end }}
{{- if $v.volume.existingClaim }}
- { name: films, mountPath: {{ $v.volume.mountPath }}, readOnly: {{ $v.volume.readOnly }} }
{{- end }}
{{- if ne (index . 1) "split" }}
- { name: redis, mountPath: /secrets/redis, readOnly: true }
{{- if $v.redis.tls.existingSecret }}
- { name: redis-authority, mountPath: /secrets/redis-authority, readOnly: true }
{{- end }}
{{- if $v.tls.existingSecret }}
- { name: tls, mountPath: /secrets/tls, readOnly: true }
{{- end }}
{{- end }}
{{- end }}

{{- define "atlas.volumes" -}}
{{- $v := (index . 0).Values -}}
- name: tmp
  emptyDir: { sizeLimit: 2Gi }
- name: cache
  emptyDir: { sizeLimit: {{ index . 2 }} }
{{- with $v.models.existingClaim }}
- name: models
  persistentVolumeClaim: { claimName: {{ . }}, readOnly: true }
{{- end }}
{{- with $v.volume.existingClaim }}
- name: films
  persistentVolumeClaim: { claimName: {{ . }}, readOnly: {{ $v.volume.readOnly }} }
{{- end }}
{{- if ne (index . 1) "split" }}
- name: redis
  secret: { secretName: {{ $v.redis.existingSecret }}, defaultMode: 0440, items: [{ key: password, path: password }] }
{{- with $v.redis.tls.existingSecret }}
- name: redis-authority
  secret: { secretName: {{ . }}, defaultMode: 0440, items: [{ key: ca.crt, path: ca.crt }] }
{{- end }}
{{- with $v.tls.existingSecret }}
- name: tls
  secret: { secretName: {{ . }}, defaultMode: 0440 }
{{- end }}
{{- end }}
{{- end }}
