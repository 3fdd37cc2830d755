// DiagnosticRendering
