{{- define "vast-unwrap.name" -}}
{{- contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) | trunc 52 | trimSuffix "-" -}}
{{- end }}

{{- define "vast-unwrap.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "vast-unwrap.labels" -}}
{{ include "vast-unwrap.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "vast-unwrap.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end -}}
{{- end -}}
{{- end }}

{{- define "vast-unwrap.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary (include "vast-unwrap.name" .) "default") -}}
{{- end }}

{{- define "vast-unwrap.adminSecret" -}}
{{- .Values.admin.existingSecret | default (printf "%s-admin" (include "vast-unwrap.name" .)) -}}
{{- end }}

{{/* Processes of a pod: with several workers the primary is one more. */}}
{{- define "vast-unwrap.processes" -}}
{{- gt (int .Values.workers) 1 | ternary (add1 (int .Values.workers)) 1 -}}
{{- end }}

{{/* What an answer may take after SIGTERM, in seconds: the delay, the longest deadline, the last telemetry. */}}
{{- define "vast-unwrap.grace" -}}
{{- $tmax := .Values.settings.TMAX_MAX_MS | default 1000 | int -}}
{{- div (add (int .Values.shutdownDelayMs) $tmax 6000 999) 1000 | add 5 -}}
{{- end }}

{{- define "vast-unwrap.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}
