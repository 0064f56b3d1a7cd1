#!/usr/bin/env bash
# Installs a JDK 17 from the artifacts bucket on each machine of a Dataproc cluster, because the machines can't reach a
# package server.
set -euo pipefail

jdk=$(/usr/share/google/get_metadata_value attributes/trendflow-jdk)
mkdir -p /opt/jdk-17
gcloud storage cat "$jdk" | tar -xz --strip-components=1 -C /opt/jdk-17
/opt/jdk-17/bin/java -version
