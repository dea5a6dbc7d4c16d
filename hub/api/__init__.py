"""HTTP and WebSocket: translates requests into commands, never decides."""
