#!/bin/sh
# Any Chrome or Chromium found is used; where apt is there and allowed, Debian's Chromium without windows is installed: the same
# engine, and tests in it take a fifth less time.
command -v chromium-headless-shell >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests."
  apt-get update -qq >/dev/null 2>&1
  for package in chromium-headless-shell chromium; do
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 && exit 0
  done
fi
for browser in chromium chromium-browser google-chrome google-chrome-stable chrome; do
  command -v "$browser" >/dev/null 2>&1 && exit 0
done
echo "No Chrome or Chromium found and none could be installed: browser tests will say they were skipped."
