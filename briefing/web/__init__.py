"""The browser's side: the published site served live, and the preview of mail and pages."""
