// Command front starts fake-gcs-server and bigquery-emulator and is a proxy of the latter. It corrects responses in which
// the emulator differs from BigQuery, and injects faults that a test requests. README.md lists both.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	bin := flag.String("bin", "", "folder of the two servers' binaries")
	tls := flag.String("tls", "", "folder of the certificate, which is created if it is missing")
	project := flag.String("project", "trendflow", "Google Cloud project")
	gcs := flag.Int("gcs", 4443, "port of Cloud Storage")
	http := flag.Int("http", 9049, "port of BigQuery's REST API")
	grpc := flag.Int("grpc", 9443, "port of BigQuery's Storage API (gRPC over TLS)")
	certificateOnly := flag.Bool("certificate-only", false, "create the certificate and exit")
	flag.Parse()
	if *certificateOnly {
		if _, err := loadOrMakeCertificate(*tls); err != nil {
			log.Fatalf("emulators: %v", err)
		}
		return
	}
	if err := run(*bin, *tls, *project, *gcs, *http, *grpc); err != nil {
		log.Fatalf("emulators: %v", err)
	}
}

// database serialises the calls: if two run at the same time, the emulator rejects one or loses its rows.
var database sync.Mutex

func run(bin, tls, project string, gcs, rest, grpc int) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	certificate, err := loadOrMakeCertificate(tls)
	if err != nil {
		return err
	}
	restBackend, grpcBackend := freePort(), freePort()
	ended := make(chan error, 4)
	gcsAddress := address(gcs)
	start(ctx, ended, nil, filepath.Join(bin, "fake-gcs-server"), "-scheme", "http", "-host", "127.0.0.1",
		"-port", fmt.Sprint(gcs), "-backend", "memory", "-public-host", gcsAddress,
		"-external-url", "http://"+gcsAddress, "-log-level", "error")
	start(ctx, ended, []string{"STORAGE_EMULATOR_HOST=http://" + gcsAddress}, filepath.Join(bin, "bigquery-emulator"),
		"--host=127.0.0.1", fmt.Sprintf("--port=%d", restBackend), fmt.Sprintf("--grpc-port=%d", grpcBackend),
		"--project="+project, "--log-level=error")
	for _, port := range []int{gcs, restBackend, grpcBackend} {
		if err := await(ctx, port, ended); err != nil {
			return err
		}
	}
	faults := &faults{}
	go func() { ended <- serveREST(address(rest), address(restBackend), faults) }()
	go func() {
		ended <- serveGRPC(address(grpc), address(grpcBackend), address(restBackend), certificate, faults)
	}()
	for _, port := range []int{rest, grpc} {
		if err := await(ctx, port, ended); err != nil {
			return err
		}
	}
	fmt.Printf("ready: Cloud Storage http://%s, BigQuery http://%s, its Storage API localhost:%d\n",
		gcsAddress, address(rest), grpc)
	select {
	case <-ctx.Done():
		return nil
	case err := <-ended:
		return err
	}
}

func address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// freePort returns a port that nothing listens on, below the ports that systems give to outgoing connections: another
// connection would take a port from there before the server listens on it.
func freePort() int {
	for {
		port := 20000 + rand.IntN(12000)
		if listener, err := net.Listen("tcp", address(port)); err == nil {
			listener.Close()
			return port
		}
	}
}

// start runs a server that is killed when this process ends, even if this process is killed.
func start(ctx context.Context, ended chan<- error, environment []string, name string, arguments ...string) {
	server := exec.CommandContext(ctx, name, arguments...)
	server.Env = append(os.Environ(), environment...)
	server.Stdout, server.Stderr = os.Stderr, os.Stderr
	server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := server.Start(); err != nil {
		ended <- err
		return
	}
	go func() { ended <- fmt.Errorf("%s ended: %v", filepath.Base(name), server.Wait()) }()
}

func await(ctx context.Context, port int, ended <-chan error) error {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		connection, err := net.DialTimeout("tcp", address(port), time.Second)
		if err == nil {
			return connection.Close()
		}
		select {
		case <-ctx.Done():
			return errors.New("the front was stopped before the servers were ready")
		case err := <-ended:
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
	return fmt.Errorf("no server listens on port %d of 127.0.0.1 after one minute", port)
}

// serve serves HTTP on a loopback address.
func serve(at string, handler http.Handler) error {
	server := &http.Server{Addr: at, Handler: handler, ReadHeaderTimeout: time.Minute}
	return server.ListenAndServe()
}
