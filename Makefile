# The main targets are `make demo` and `make test`; each one does its own set-up.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
MVN := mvn

JOBS_JAR := spark-jobs/target/trendflow-jobs.jar
SERVING_JAR := serving/target/trendflow-serving.jar
JOBS_ARCHIVE := spark-jobs/target/trendflow-jobs.jsa
SERVING_ARCHIVE := serving/target/trendflow-serving.jsa
SOURCES := $(shell find . -path ./node_modules -prune -o \( -name '*.java' -o -name 'pom.xml' -o -path '*/src/main/resources/*' -type f \) -not -path '*/target/*' -not -path '*/src/test/*' -print)

.PHONY: help demo demo-history demo-collect serve dbt dbt-sources notebook emulators airflow test test-all test-fast infra images stack build fmt docs screenshots bench bench-ingest bench-fit bench-explain bench-append bench-load bench-scale bench-serving clean

help: ## List the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "%-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## Generate sample data, ingest, train, score and serve on 127.0.0.1:8080
	@bin/demo

demo-history: ## Fill the demo's store with ten weekly runs and what became of them; make serve shows them
	@bin/demo-history

demo-collect: ## Pull from an imitated shop on 127.0.0.1, let days pass, pull and ingest again
	@bin/demo-collect

serve: $(SERVING_ARCHIVE) ## Serve the demo's store again
	@TRENDFLOW_MAX_AGE_RUN=100000 bin/trendflow serve --store demo/store

dbt: ## Build and test the marts of the demo's store in demo/marts.duckdb, and their docs
	@dbt/run build
	@dbt/run docs generate --static

dbt-sources: ## Update what dbt/ has from the contracts
	TRENDFLOW_UPDATE_DOCS=true $(MVN) -q test -pl schemas -Dtest=DbtSourcesTest

notebook: ## Run docs/reading.ipynb on the demo's marts and write its charts to demo/reading.html
	@test -e demo/marts.duckdb || { echo "demo/marts.duckdb does not exist, but make notebook needs it: run make demo, then make dbt." >&2; exit 1; }
	@"$$(dbt/run --python)" -m nbconvert --log-level ERROR --execute --to html --output-dir demo docs/reading.ipynb

airflow: ## Run Airflow on 127.0.0.1:8090 with the DAGs in local mode on the demo's shop
	@bin/airflow

emulators: ## Emulate Cloud Storage and BigQuery on 127.0.0.1 (see emulators/README.md) until Ctrl-C
	@emulators/run foreground

test: ## Run every check of a commit: format, static analysis, unit and integration tests, the DAGs, Terraform
	@bin/run-tests

test-all: ## Also run what takes long: every kill and pull, 5,000 fuzz tries, a year of monitored weeks, Lighthouse, the pipeline on Scala 2.13, the images
	@bin/run-tests --all

infra: ## Check Terraform, workflows, Dockerfiles, scripts and the English of all texts
	@bin/check-infra

stack: build ## Run the service, Airflow and a sample shop in containers on 127.0.0.1 (see compose.yaml) until Ctrl-C
	@bin/gather-jobs
	docker compose up --build

images: build ## Build the images, fill and serve a store with them, print sizes and start times
	@bin/check-images

test-fast: ## Run the unit tests only
	$(MVN) test

build: $(JOBS_ARCHIVE) $(SERVING_ARCHIVE) ## Build the jobs' jar and the service

$(JOBS_JAR) $(SERVING_JAR) &: $(SOURCES)
	$(MVN) -q -T1C package -Dmaven.test.skip=true
	@touch $(JOBS_JAR) $(SERVING_JAR)

$(JOBS_ARCHIVE): $(JOBS_JAR)
	@bin/jobs-archive

$(SERVING_ARCHIVE): $(SERVING_JAR)
	@bin/class-archive

fmt: ## Format the Java sources and the DAGs
	$(MVN) -q spotless:apply
	@"$$(bin/require-airflow)/bin/ruff" format airflow-dags

docs: ## Update the generated docs and the golden API response
	@bin/require-python
	TRENDFLOW_UPDATE_DOCS=true $(MVN) -q verify -pl serving,spark-jobs,architecture -am -Dtest='FeatureCatalogTest,OpenApiTest,ArchitectureTest,DigestFileTest' -Dit.test=PipelineIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

screenshots: ## Take the pictures of docs/images again from the demo's store
	@test -d demo/store || { echo "demo/store does not exist, but make screenshots needs it: run make demo." >&2; exit 1; }
	@bin/require-chromium
	TRENDFLOW_SCREENSHOTS=demo/store $(MVN) -q verify -pl serving -am -Dtest=none -Dit.test=ScreenshotsIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

bench: bench-ingest bench-fit bench-explain bench-append bench-load ## Run bench-ingest, bench-fit, bench-explain, bench-append and bench-load

bench-ingest: build ## Compare an ingest with plain Spark on the same files: BENCH_FILES=10 BENCH_LINES=100000
	@bin/trendflow doctor
	@$${JAVA_HOME:+$$JAVA_HOME/bin/}java -cp benchmarks/target/classes io.trendflow.benchmarks.IngestBenchmark

bench-serving: $(SERVING_ARCHIVE) ## Compare the service with a plain-text route and a FastAPI peer: BENCH_PRODUCTS=100000
	@command -v wrk >/dev/null || apt-get install -y -qq wrk >/dev/null || \
	  { echo "wrk was not found, but make bench-serving needs it: install Debian's package wrk, or build it and put it on the PATH." >&2; exit 1; }
	@bin/require-python benchmarks/serving/requirements.txt benchmarks/target/venv-serving
	@benchmarks/target/venv-serving/bin/python benchmarks/serving/bench.py

bench-explain: build ## Compare explaining with XGBoost and scoring with MLlib on the same trees
	@benchmarks/beside-python ExplainBenchmark

bench-fit: build ## Compare a fit with XGBoost and LightGBM in Python: BENCH_ROWS=100000 BENCH_TREES=50
	@benchmarks/beside-python FitBenchmark

bench-scale: build ## Measure ingest, score and train on growing made-up shops beside DuckDB, polars and plain Spark: BENCH_MILLIONS="1 5"
	@bin/trendflow doctor
	@bin/require-python benchmarks/scale/requirements.txt benchmarks/target/venv-scale
	@SPARK_HOME=$$(bin/require-spark) benchmarks/target/venv-scale/bin/python benchmarks/scale/bench.py $${BENCH_MILLIONS:-1 5}

bench-append: ## Compare writing a batch to BigQuery's emulator and to Parquet files: BENCH_APPEND_ROWS=20000
	BENCH_APPEND_ROWS=$${BENCH_APPEND_ROWS:-20000} $(MVN) -q verify -pl spark-jobs -am -Dtest=none -Dit.test=AppendBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

bench-load: ## Compare loading a snapshot from BigQuery's emulator and from Parquet files: BENCH_LOAD_ROWS=5000
	BENCH_LOAD_ROWS=$${BENCH_LOAD_ROWS:-5000} $(MVN) -q verify -pl serving -am -Dtest=none -Dit.test=SnapshotLoadBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

clean: ## Remove the results of builds and the demo
	$(MVN) -q clean
	rm -rf demo
