#!/bin/sh
# Cloudflare Pages: builds an Eleventy site with lighter images, and keeps the cache between builds.
# Copy it to the site, and give "sh cloudflare-pages.sh" as the build command and "staged/_site" as the build output
# folder.
# The build image has to hold optimize-assets and libvips.
#
# Pages keeps no folder of your choice. Where its build cache is enabled (Settings > Build > Build cache), it keeps the
# folders of the frameworks it recognises, and of an Eleventy site that is .cache. For other generators, build on
# GitHub Actions or GitLab and upload the result.
set -eu
optimize-assets . --output staged --cache .cache/optimize-assets
optimize-assets cache prune . --cache .cache/optimize-assets --older-than 30d --max-size 1GB
cd staged
../node_modules/.bin/eleventy
