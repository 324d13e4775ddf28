#!/bin/sh
# Cloudflare Pages: builds an Eleventy site with lighter images, and keeps the cache between builds.
# Copy it and install-optimize-assets.sh to the site, give "sh cloudflare-pages.sh" as the build command and "staged/_site" as
# the build output folder, and set two variables: RELEASES, the address where releases are, such as
# https://github.com/OWNER/optimize-assets/releases/download, and VERSION, the one to use.
#
# Pages keeps no folder of your choice. Where its build cache is enabled (Settings > Build > Build cache), it keeps the
# folders of the frameworks it recognises, and of an Eleventy site that is .cache. For other generators, build on
# GitHub Actions or GitLab and upload the result.
set -eu
sh install-optimize-assets.sh "$RELEASES" "$VERSION" "$HOME/.optimize-assets"
PATH=$HOME/.optimize-assets/bin:$PATH
optimize-assets . --output staged --cache .cache/optimize-assets
optimize-assets cache prune . --cache .cache/optimize-assets --older-than 30d --max-size 1GB
cd staged
../node_modules/.bin/eleventy
