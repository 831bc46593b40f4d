"""The JSON API's shell: one application, one shape of errors and long lists. Capabilities offer routers as `endpoints`."""
