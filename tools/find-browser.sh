#!/bin/sh
# Any Chrome or Chromium found is used; where apt is there and allowed, Debian's Chromium is installed.
for browser in chromium chromium-browser google-chrome google-chrome-stable chrome; do
  command -v "$browser" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests."
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) >/dev/null || true
fi
command -v chromium >/dev/null 2>&1 || echo "No Chrome or Chromium found and none could be installed: browser tests will say they were skipped."
