#!/usr/bin/env bash
# Creates a certificate authority and a certificate of *.googleapis.com for the fake control plane.
# usage: certificates.sh <folder>
set -euo pipefail
mkdir -p "$1"
cd "$1"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=authority of the tests" -keyout ca.key -out ca.pem \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj "/CN=fake" -keyout server.key -out server.csr 2>/dev/null
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out server.pem \
  -extfile <(printf 'subjectAltName=DNS:*.googleapis.com\nbasicConstraints=CA:FALSE') 2>/dev/null
