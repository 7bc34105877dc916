"""The platform: what every kind of content shares on its way from an editor's row to a partner site's JSON."""
