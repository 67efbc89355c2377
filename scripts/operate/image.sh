#!/usr/bin/env bash
# scripts/operate/image.sh [NAME:TAG]: builds the container image from what is committed, with whichever of podman, buildah and
# docker is here; BASE=IMAGE builds it on another base.
set -euo pipefail
cd "$(dirname "$0")/../.."
name="${1:-permanence:$(git rev-parse --short HEAD)}"
# Only what is committed: no data, no secret, no half-finished file comes into an image.
context="$(mktemp -d)"
trap 'rm -rf "$context"' EXIT
git archive HEAD | tar -x -C "$context"
for tool in podman buildah docker; do
  if command -v "$tool" >/dev/null; then
    "$tool" build ${BASE:+--build-arg "BASE=$BASE"} -f "$context/scripts/operate/Containerfile" -t "$name" "$context"
    echo "$name is built by $tool."
    exit 0
  fi
done
echo 'Nothing here builds an image: install podman, buildah or docker.' >&2
exit 1
