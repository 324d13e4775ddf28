"""The command optimize-assets, which Python only installs."""
