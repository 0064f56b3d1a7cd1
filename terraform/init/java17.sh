#!/usr/bin/env bash
# Dataproc runs this on each machine of the cluster: it unpacks a JDK 17 of the artifacts bucket, since the
# machines reach no package server.
set -euo pipefail

jdk=$(/usr/share/google/get_metadata_value attributes/trendflow-jdk)
mkdir -p /opt/jdk-17
gcloud storage cat "$jdk" | tar -xz --strip-components=1 -C /opt/jdk-17
/opt/jdk-17/bin/java -version
