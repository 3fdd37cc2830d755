#!/usr/bin/env bash
# lint.sh: the code style, as checked-in configuration; generated files say themselves that they are left out.
set -euo pipefail
cd "$(dirname "$0")/../.."
swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
echo "lint: ok, $(git ls-files '*.swift' | wc -l | tr -d ' ') Swift files"
