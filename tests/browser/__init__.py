"""What only a browser can show: scripts, keyboards, small screens, contrast, and pages that load nothing from elsewhere."""
