"""attrlint as a service: an HTTP API, an endpoint for LanguageTool clients, and a page."""
