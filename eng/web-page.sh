# The page of the web map: TypeScript, checked and put into one file by npm packages, only where something changed.
# shellcheck shell=bash

page=$root/src/Web/page
page_built=$root/src/Web/wwwroot/dist

build_page() {
    (cd "$page" && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent build -- --log-level=warning) || return 1
    cp "$page"/src/index.html "$page"/src/page.css "$page"/src/icon.svg "$page_built" &&
        cp "$page/node_modules/openseadragon/LICENSE.txt" "$page_built/openseadragon-licence.txt" &&
        touch "$page_built/.built"
}

ensure_page() {
    newer_than "$page_built/.built" "$page/src" "$page/package.json" "$page/package-lock.json" "$page/tsconfig.json" || return 0
    need_npm "The page of the web map"
    step page "Building the page of the web map" build_page ||
        fail "The page of the web map could not be built." "Look at the network and at 'npm ping', then call this again."
}
